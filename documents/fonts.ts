import { createRequire } from 'node:module';

const fileIn = createRequire(import.meta.url).resolve;
const noto = (path: string): string => fileIn(`@expo-google-fonts/noto-serif-sc/${path}`);

/** The font that the templates name, as files with the names to install them by; its licence (OFL 1.1) goes with it. */
export const fontFiles: readonly { readonly name: string; readonly source: string }[] = [
  { name: 'NotoSerifSC-Regular.ttf', source: noto('400Regular/NotoSerifSC_400Regular.ttf') },
  { name: 'NotoSerifSC-Bold.ttf', source: noto('700Bold/NotoSerifSC_700Bold.ttf') },
  { name: 'NotoSerifSC-OFL.txt', source: noto('LICENSE_FONT') },
];
