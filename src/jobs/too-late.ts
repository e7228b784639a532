import { DomainError } from "../domain/error.ts";

/** Runs it; false when the domain says `not-now`: since the job looked, another process or a person was first. */
export async function unlessTooLate(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.code === "not-now") return false;
    throw error;
  }
}
