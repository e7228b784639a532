import { METHODS, type Method } from "../../domain/facts.ts";

/** The methods among some texts that a form sent. */
export function methodsIn(texts: readonly string[]): readonly Method[] {
  return METHODS.filter((method) => texts.includes(method));
}
