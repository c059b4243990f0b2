/**
 * The fault models `@cf/simulator/<fault>`: one per outcome a client must tell apart.
 */

/** Faults that answer with an error, or with nothing, before any output. */
export const refusals = {
  auth: { status: 401, code: 10000, message: 'Authentication error', about: 'Refuses the token (401, code 10000).' },
  permission: {
    status: 403,
    code: 5016,
    message: 'Model licence not accepted: prompt with "agree" first.',
    about: 'Refuses for want of a permission (403, code 5016).',
  },
  billing: {
    status: 402,
    code: 2021,
    message: 'Insufficient AI Gateway credits.',
    about: 'Wants credits (402, code 2021).',
  },
  'free-quota': {
    status: 429,
    code: 3036,
    message: 'You have used up your daily free allocation of 10,000 neurons.',
    about: 'Says that the daily free neurons are used up (429, code 3036).',
  },
  'paid-plan': {
    status: 403,
    code: 5035,
    message: 'This model needs the Workers Paid plan.',
    about: 'Needs a paid plan (403, code 5035).',
  },
  blocked: {
    status: 424,
    code: 2016,
    message: 'Prompt blocked due to security configurations',
    about: 'Blocks the prompt by guardrails (424, code 2016).',
  },
  'rate-limit': { status: 429, code: 2003, message: 'Rate limited', about: 'Always over the rate limit (429).' },
  capacity: {
    status: 429,
    code: 3040,
    message: 'Capacity temporarily exceeded, please try again.',
    about: 'Always out of capacity (429, code 3040).',
  },
  'bad-request': {
    status: 400,
    code: 7003,
    message: 'User Input Error: "messages" does not match the schema of the model.',
    about: 'Finds the input invalid (400, code 7003).',
  },
  'not-found': {
    status: 400,
    code: 5007,
    message: 'No such model @cf/simulator/not-found or task',
    about: 'Says that there is no such model (400, code 5007).',
  },
  'too-large': {
    status: 413,
    code: 3006,
    message: 'Request is too large',
    about: 'Finds the request too large (413, code 3006).',
  },
  'server-error': {
    status: 500,
    code: undefined,
    message: 'AiError: unknown internal error',
    about: 'Fails inside the server (500).',
  },
} as const;

/** Faults of the answer itself. */
export const disturbances = {
  flaky: 'Rate-limited twice (429 with Retry-After), then answers.',
  'html-error': 'Answers with an HTML error page (502).',
  reset: 'Resets the connection before any header.',
  disconnect: 'Cuts the connection in mid-answer.',
  'stall-first': 'Stays silent before the first token.',
  'stall-mid': 'Falls silent in mid-answer.',
  'error-event': 'Sends an error event in mid-answer.',
  malformed: 'Sends one event that is not JSON.',
  truncated: 'Ends without finish reason and without [DONE].',
  'plain-json': 'Answers with plain JSON where a stream was asked.',
  'one-chunk': 'Sends the whole answer in one event.',
  'no-usage': 'Reports no usage.',
  'byte-split': 'Writes one byte at a time.',
  'huge-event': 'Sends one event of about 10 MB.',
} as const;

/** A fault that refuses. */
export type RefusalFault = keyof typeof refusals;
/** A fault that disturbs. */
export type Disturbance = keyof typeof disturbances;
/** Any fault. */
export type Fault = RefusalFault | Disturbance;

/** Ids of fault models start with this. */
export const faultPrefix = '@cf/simulator/';

/** Every fault with what it does, in one sentence. */
export const faultDescriptions: readonly (readonly [Fault, string])[] = [
  ...entries(refusals).map(([fault, { about }]): [Fault, string] => [fault, about]),
  ...entries(disturbances),
];

/** Whether `fault` refuses. */
export function isRefusal(fault: Fault): fault is RefusalFault {
  return Object.hasOwn(refusals, fault);
}

function entries<Value extends object>(value: Value): [keyof Value, Value[keyof Value]][] {
  return Object.entries(value) as [keyof Value, Value[keyof Value]][];
}
