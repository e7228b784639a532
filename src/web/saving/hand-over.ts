/** How long a download may take to begin before its address ends. */
const ADDRESS_MS = 10 * 60_000;

/** Hands content to the person through the browser's downloads. */
export function handOver(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), ADDRESS_MS);
}
