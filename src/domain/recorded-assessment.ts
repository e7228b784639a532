import type { Advice, Assessment, MethodAnswer, Need } from "./assessment.ts";
import type { Facts } from "./facts.ts";

/** The assessment as it is recorded beside a fixed waybill, which holds the digest of its canonical JSON. */
export interface RecordedAssessment {
  readonly version: 1;
  /** 128 random bits of the transfer: makes the digest unguessable. */
  readonly salt: string;
  readonly method: MethodAnswer["method"];
  readonly facts: Facts;
  readonly policy: Assessment["policy"];
  readonly people: Assessment["people"];
  readonly verdict: MethodAnswer["verdict"];
  readonly needs: readonly Need[];
  readonly advice: readonly Advice[];
}
