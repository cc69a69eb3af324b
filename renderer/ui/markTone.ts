import type { Tone } from './statusLooks.ts'

/** How the colours of annotations look; one that another program wrote is a word. */
export function markTone(colour: string | null): Tone {
  return colour === null ? 'neutral' : (tones[colour] ?? 'neutral')
}

const tones: { readonly [colour: string]: Tone } = {
  red: 'bad',
  amber: 'warn',
  green: 'good',
  blue: 'busy',
  grey: 'neutral',
}
