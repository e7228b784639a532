/** The one organisation of this deployment, fixed at set-up; `publicUrl` gives the WebAuthn origin and rpId. */
export interface Organisation {
  readonly name: string;
  readonly workDomains: readonly string[];
  readonly publicUrl: string;
  /** How an outsider finds out that a notice is genuine, without the notice: shown in every notice. */
  readonly website: string;
  readonly phone: string;
  readonly createdAt: string;
  /** Days until a transfer expires, unless the sender says otherwise (OXM-21). */
  readonly expiryDays: number;
}
