import { type Format } from "./formats.ts";
/**
 * A new password, from the platform's secure generator: six words (77 bits) as for a transfer, and where programs take no more than 15 characters,
 * 13 letters and digits in three groups (64 bits).
 */
export declare function generatePassword(format: Format): string;
/**
 * Refuses a password that some program could not be given: programs disagree about the bytes of other characters.
 * @throws ContainerError `bad-input`
 */
export declare function refuseUntypable(password: string, format: Format): void;
