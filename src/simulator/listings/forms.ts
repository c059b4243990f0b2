/**
 * Accounts whose catalog is not as it should be: the account id in the URL decides, so one simulator serves all of them.
 * Every other account is healthy.
 */

/** What each of them does, in one sentence. */
export const catalogForms = {
  'catalog-changed': 'One price has changed, one model is new and one is gone.',
  'catalog-missing': 'The unofficial catalog of third-party models does not exist (404).',
  'catalog-malformed': 'Listings are truncated JSON, an HTML page, or JSON of another shape.',
  'catalog-hostile': 'Bad entries stand among the good ones, and schemas are absurd.',
  'catalog-huge': 'Every listing and schema is larger than 20 MB.',
  'catalog-slow': 'Listings never answer, or fall silent after their first bytes.',
  'catalog-empty': 'Listings are empty and there are no schemas.',
  'catalog-looping': 'Every page is the first one, and there is always a next.',
} as const;

/** The way in which a catalog is not as it should be. */
export type CatalogForm = keyof typeof catalogForms;

/** The form of an account's catalog; undefined: healthy. */
export function formOfAccount(account: string): CatalogForm | undefined {
  return Object.hasOwn(catalogForms, account) ? (account as CatalogForm) : undefined;
}
