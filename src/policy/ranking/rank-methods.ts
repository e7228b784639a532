import type { Advice } from "../../domain/assessment.ts";
import { METHODS, type Method } from "../../domain/facts.ts";
import type { Settings } from "../configuration/settings.ts";
import type { Situation } from "../reduce/context.ts";
import { FACTORS, START } from "./factors.ts";

/** How the facts speak about a method. */
export interface Ranked {
  readonly method: Method;
  readonly points: number;
  readonly advice: readonly Advice[];
}

/** Every method with its points, best first. Only facts count here; what is refused is put behind the rest afterwards. */
export function rankMethods(situation: Situation, settings: Settings): readonly Ranked[] {
  const holding = FACTORS.filter((factor) => factor.holds(situation, settings));
  const ranked = METHODS.map((method): Ranked => {
    const moving = holding.filter(({ points }) => points[method] !== undefined);
    const advice = moving.flatMap(({ clauses, reading: readings = {}, points, up, down }): readonly Advice[] => {
      const says = (points[method] ?? 0) > 0 ? up : down;
      const reading = readings[settings.rules];
      if (says === undefined) return [];
      return [{ clauses: clauses[settings.rules], says, ...(reading === undefined ? {} : { reading }) }];
    });
    const points = moving.reduce((sum, factor) => sum + (factor.points[method] ?? 0), START[method]);
    return { method, points, advice };
  });
  return ranked.sort((a, b) => b.points - a.points); // stable: METHODS decides between equals
}
