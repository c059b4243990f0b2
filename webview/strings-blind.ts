/**
 * Words of blind comparisons.
 */
import type { Vote } from '../src/protocol/api';

const verdicts: Readonly<Record<Vote['verdict'], string>> = {
  won: 'Your choice',
  lost: 'Not chosen',
  tie: 'Tie',
  bad: 'No answer was good',
};

export const blindStrings = {
  label: 'Blind',
  hint: 'Names, prices and figures are hidden from Run until you vote, and the columns are shuffled.',
  bar: 'Which answer is the best?',
  waiting: 'Names and figures are hidden. You can vote when all answers are there.',
  tie: 'Tie',
  bad: 'All bad',
  vote: (label: string) => `Answer ${label} is the best`,
  comment: 'Comment (optional)',
  verdicts,
} as const;
