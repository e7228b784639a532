import type { ProofTexts } from "./texts.ts";

export const en = {
  title: "Your own proof that you opened it",
  lead: ({ name }) => [
    "This receipt token was sealed to you, inside the package. It opens nothing. Together with the evidence of this transfer it shows that whoever has it opened the package.",
    `You need not keep it. If somebody may ask you later, such as an auditor, save it now: it cannot be shown again when the package has ended, and nobody at ${name} can send it to you.`,
  ],
  token: "Receipt token",
  save: "Save the receipt token",
} as const satisfies ProofTexts;
