// The JSON forms of WebAuthn level 3 (section 5.1), as far as passkeys of ours use them. All byte strings are base64url.

export interface PrfInputs {
  readonly eval?: { readonly first: string };
}

export interface CreationOptionsJson {
  readonly challenge: string;
  readonly rp: { readonly id: string; readonly name: string };
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly pubKeyCredParams: readonly { readonly type: "public-key"; readonly alg: number }[];
  readonly excludeCredentials?: readonly { readonly id: string; readonly type: "public-key" }[];
  readonly extensions?: { readonly prf?: PrfInputs };
}

export interface RequestOptionsJson {
  readonly challenge: string;
  readonly rpId: string;
  /** Absent or empty: any discoverable credential of `rpId`. */
  readonly allowCredentials?: readonly { readonly id: string; readonly type: "public-key" }[];
  readonly extensions?: { readonly prf?: PrfInputs };
}

export interface RegistrationJson {
  readonly id: string;
  readonly rawId: string;
  readonly type: "public-key";
  readonly authenticatorAttachment: "platform";
  readonly response: {
    readonly clientDataJSON: string;
    readonly attestationObject: string;
    readonly transports: readonly ["internal"];
  };
  readonly clientExtensionResults: { readonly prf?: { readonly enabled: boolean } };
}

export interface AuthenticationJson {
  readonly id: string;
  readonly rawId: string;
  readonly type: "public-key";
  readonly authenticatorAttachment: "platform";
  readonly response: {
    readonly clientDataJSON: string;
    readonly authenticatorData: string;
    readonly signature: string;
    readonly userHandle: string;
  };
  readonly clientExtensionResults: { readonly prf?: { readonly results: { readonly first: string } } };
}
