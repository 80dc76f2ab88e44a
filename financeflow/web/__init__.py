"""HTTP glue that knows no table: pages and their partials, the frame, errors, toasts, mail in development."""
