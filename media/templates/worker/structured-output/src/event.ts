/**
 * What is read out of a text. Change the fields here: type, JSON schema and check follow.
 */
import * as v from 'valibot';

/** Fields that may be missing are null, not absent: some providers want every field. */
export const Event = v.strictObject({
  title: v.pipe(v.string(), v.minLength(1), v.description('What happens, in a few words.')),
  date: v.nullable(v.pipe(v.string(), v.isoDate(), v.description('YYYY-MM-DD, or null when the text names no day.'))),
  place: v.nullable(v.pipe(v.string(), v.description('Null when the text names none.'))),
  people: v.pipe(v.array(v.string()), v.description('Names of those who take part.')),
});

export type Event = v.InferOutput<typeof Event>;

/** What the model is told to do. */
export const INSTRUCTIONS = 'Read the event out of the text of the user.';
