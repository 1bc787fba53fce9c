/**
 * Text as *bytes*: a string whose every character is one byte of the UTF-8 encoding. JavaScript compares strings by UTF-16
 * units, an order of its own; such strings it compares, and sorts, as every other language compares bytes.
 */
export type Bytes = string;

/** The bytes of a text. */
export const bytesOf = (text: string): Bytes => Buffer.from(text, 'utf8').toString('latin1');

/** The text that bytes encode. */
export const textOf = (bytes: Bytes): string => Buffer.from(bytes, 'latin1').toString('utf8');
