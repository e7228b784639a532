import { sha256Hex } from "../../bytes/digest.ts";
import { drawSignature } from "../../containers/pdf/draw-signature.ts";
import type { ReceiptCall, ReceiptNews } from "./calls/receipt-calls.ts";
import { troubleOf } from "./calls/trouble.ts";

// Puts what somebody drew onto a receipt, on this device: neither is sent anywhere. See calls/receipt-calls.ts.

addEventListener("message", ({ data }: MessageEvent<ReceiptCall>) => {
  sign(data).catch((error: unknown) => tell({ kind: "not-signed", trouble: troubleOf(error) }));
});

async function sign({ receipt, strokes, at }: ReceiptCall): Promise<void> {
  const bytes = await drawSignature(receipt, strokes, at);
  tell({ kind: "signed", content: new Blob([bytes], { type: "application/pdf" }), sha256: await sha256Hex(bytes) });
}

function tell(news: ReceiptNews): void {
  postMessage(news);
}
