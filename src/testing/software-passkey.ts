export type { SoftwareCredential, SoftwarePasskey } from "../demo/software-passkey.ts";
export { SoftwarePasskeyError, softwarePasskey } from "../demo/software-passkey.ts";
export type {
  AuthenticationJson,
  CreationOptionsJson,
  RegistrationJson,
  RequestOptionsJson,
} from "../demo/webauthn-json.ts";
