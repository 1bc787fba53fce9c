/** GB 32100-2015: the characters of a unified social credit code, by their value. I, O, S, V and Z are not among them. */
export const creditCodeCharacters = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** The eighteenth character that belongs to the first seventeen; undefined where one of them is none of the alphabet. */
export function creditCodeCheck(body: string): string | undefined {
  const sum = Array.from(body.slice(0, 17)).reduce(
    (total, character, index) => total + creditCodeCharacters.indexOf(character) * (3 ** index % 31),
    0,
  );
  const known = Array.from(body.slice(0, 17)).every((character) => creditCodeCharacters.includes(character));
  return known && body.length >= 17 ? creditCodeCharacters.charAt((31 - (sum % 31)) % 31) : undefined;
}

/** Whether a unified social credit code's check character is the one that belongs to it. */
export const isCreditCode = (code: string): boolean =>
  code.length === 18 && creditCodeCheck(code) === code[17];
