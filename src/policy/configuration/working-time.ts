import { WEEKDAYS, type WorkingTime } from "../../domain/working-time.ts";
import { list, mapping, oneOf, type Setting, text, whole } from "./setting.ts";

/** A time of day such as 09:00, as minutes after midnight. */
const timeOfDay: Setting<number> = (place, tree) => {
  const typed = text(place, tree);
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(typed) ?? [];
  if (!hours || !minutes) throw place.refuse(`is “${typed}”, which is not a time such as "09:00"`);
  return Number(hours) * 60 + Number(minutes);
};

/** A day that there is. */
const day: Setting<string> = (place, tree) => {
  const typed = text(place, tree);
  const at = /^\d{4}-\d{2}-\d{2}$/.test(typed) ? Date.parse(typed) : Number.NaN;
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== typed)
    throw place.refuse(`is “${typed}”, which is not a day such as 2026-12-25`);
  return typed;
};

export const workingTime: Setting<WorkingTime> = mapping({
  hours: whole,
  from: timeOfDay,
  until: timeOfDay,
  days: list(oneOf(WEEKDAYS), 1),
  closed: list(day),
});
