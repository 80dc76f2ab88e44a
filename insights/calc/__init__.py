"""What is worked out from words and lessons: values in, values out."""
