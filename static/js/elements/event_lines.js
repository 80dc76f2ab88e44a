/* Reads a stream of server-sent events: gives each block as { id, event, data }. */

/* The server speaks at least every 15 seconds; a line that says nothing for three times as long is dead */
const silence = () => new Promise((_, fail) => setTimeout(() => fail(new Error("silent")), 45000));

export async function* eventLines(answer) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let text = ""; ;) {
    const { value, done } = await Promise.race([reader.read(), silence()]);
    if (done) return;
    const blocks = (text + value).replace(/\r\n?/g, "\n").split("\n\n");
    text = blocks.pop();
    for (const block of blocks) yield said(block);
  }
}

function said(block) {
  const parts = {};
  for (const row of block.split("\n")) {
    const [, key, value] = row.match(/^(\w+): ?(.*)$/) ?? [];
    if (key) parts[key] = value;
  }
  return parts;
}
