/** Who takes the live feed. `address` is as the settings write it: positions are kept by it. */
export type FeedReceiver =
  | {
      readonly kind: "syslog";
      readonly address: string;
      readonly host: string;
      readonly port: number;
      readonly encrypted: boolean;
    }
  | { readonly kind: "webhook"; readonly address: string };

/**
 * Reads the setting of the live feed: `tls://host:port` or `tcp://host:port` for syslog, `https://…` for a webhook; empty: null.
 * @throws Error saying what it must be
 */
export function parseFeedReceiver(text: string): FeedReceiver | null {
  if (text === "") return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.username === "" && url.password === "" && url.hash === "") {
    if (url.protocol === "https:") return { kind: "webhook", address: text };
    const bare = url.pathname === "" || url.pathname === "/";
    if ((url.protocol === "tls:" || url.protocol === "tcp:") && url.hostname && url.port && bare && !url.search) {
      const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
      return { kind: "syslog", address: text, host, port: Number(url.port), encrypted: url.protocol === "tls:" };
    }
  }
  throw new Error(
    "must be tls://host:port or tcp://host:port for syslog, or an https:// address for a webhook, without a user name",
  );
}
