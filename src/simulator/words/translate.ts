/**
 * A translation that can be seen to be none: known words are replaced, the rest stays, and a mark names the language.
 */

/** English words in German, French and Spanish. */
const dictionary: Readonly<Record<string, readonly [german: string, french: string, spanish: string]>> = {
  a: ['ein', 'un', 'un'],
  and: ['und', 'et', 'y'],
  are: ['sind', 'sont', 'son'],
  big: ['groß', 'grand', 'grande'],
  cat: ['Katze', 'chat', 'gato'],
  day: ['Tag', 'jour', 'día'],
  dog: ['Hund', 'chien', 'perro'],
  eats: ['frisst', 'mange', 'come'],
  fox: ['Fuchs', 'renard', 'zorro'],
  friend: ['Freund', 'ami', 'amigo'],
  good: ['gut', 'bon', 'bueno'],
  hello: ['hallo', 'bonjour', 'hola'],
  house: ['Haus', 'maison', 'casa'],
  how: ['wie', 'comment', 'cómo'],
  i: ['ich', 'je', 'yo'],
  in: ['in', 'dans', 'en'],
  is: ['ist', 'est', 'es'],
  morning: ['Morgen', 'matin', 'mañana'],
  my: ['mein', 'mon', 'mi'],
  night: ['Nacht', 'nuit', 'noche'],
  no: ['nein', 'non', 'no'],
  not: ['nicht', 'pas', 'no'],
  of: ['von', 'de', 'de'],
  red: ['rot', 'rouge', 'rojo'],
  small: ['klein', 'petit', 'pequeño'],
  sun: ['Sonne', 'soleil', 'sol'],
  thank: ['danke', 'merci', 'gracias'],
  the: ['der', 'le', 'el'],
  this: ['dies', 'ceci', 'esto'],
  time: ['Zeit', 'temps', 'tiempo'],
  today: ['heute', "aujourd'hui", 'hoy'],
  water: ['Wasser', 'eau', 'agua'],
  we: ['wir', 'nous', 'nosotros'],
  with: ['mit', 'avec', 'con'],
  world: ['Welt', 'monde', 'mundo'],
  yes: ['ja', 'oui', 'sí'],
  you: ['du', 'vous', 'tú'],
};

const columns: readonly RegExp[] = [/^(?:de|german|deu)/i, /^(?:fr|french)/i, /^(?:es|spanish|spa)/i];

/** `text` in the language of that name or code, as far as a handful of words goes. */
export function translate(text: string, language: string): string {
  const column = columns.findIndex((pattern) => pattern.test(language));
  if (column < 0) return `[${language}] ${text}`;
  return text.replace(/\p{L}+/gu, (word) => {
    const translated = dictionary[word.toLowerCase()]?.[column];
    if (translated === undefined) return word;
    return /^\p{Lu}/u.test(word) ? translated.charAt(0).toUpperCase() + translated.slice(1) : translated;
  });
}
