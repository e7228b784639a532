import { INCIDENT_KINDS, type IncidentKind } from "../../domain/incident.ts";
import { forEach, list, mapping, oneOf, type Setting, whole } from "./setting.ts";
import { CONTACTS, type ContactName, type IncidentSettings } from "./settings.ts";

/** Whom problems go to where the configuration does not say; the line manager of whoever sent it always knows too (SDT-29). */
export const USUAL_INCIDENTS: IncidentSettings = {
  acknowledgeWithinMinutes: 60,
  routes: {
    lost: ["privacy-team", "security-team"],
    "wrong-person": ["privacy-team", "information-compliance", "security-team"],
    "opened-by-other": ["privacy-team", "information-compliance", "security-team"],
    damaged: ["privacy-team", "service-desk"],
    missing: ["privacy-team", "service-desk"],
    "suspicious-message": ["service-desk", "security-team"],
    "near-miss": ["security-team"],
  },
};

export const incidentSettings: Setting<IncidentSettings> = mapping({
  acknowledgeWithinMinutes: whole,
  routes: forEach(INCIDENT_KINDS, list(oneOf(CONTACTS), 1)),
});

/** Of whom the guidance names at least one has to be told. */
const REQUIRED: Partial<Record<IncidentKind, { readonly oneOf: readonly ContactName[]; readonly clause: string }>> = {
  missing: { oneOf: ["privacy-team"], clause: "SDT-29" },
  damaged: { oneOf: ["privacy-team"], clause: "SDT-29" },
  lost: { oneOf: ["privacy-team", "security-team"], clause: "SDT-30" },
  "wrong-person": { oneOf: ["privacy-team"], clause: "OXM-3" },
  "opened-by-other": { oneOf: ["privacy-team", "information-compliance"], clause: "OXM-3" },
  "suspicious-message": { oneOf: ["service-desk", "security-team"], clause: "ESG-4" },
  "near-miss": { oneOf: ["service-desk", "security-team", "operational-security"], clause: "SDT-30" },
};

/** What the guidance does not let an organisation leave out: each with the place that it is refused at. */
export function* routesThatMissSomebody({
  routes,
}: IncidentSettings): Generator<{ readonly path: string; readonly reason: string }> {
  for (const kind of INCIDENT_KINDS) {
    const required = REQUIRED[kind];
    if (!required || required.oneOf.some((each) => routes[kind].includes(each))) continue;
    const path = `incidents.routes.${kind}`;
    yield { path, reason: `names none of ${required.oneOf.join(", ")}, whom ${required.clause} asks to be told` };
  }
}
