import { useMask } from '../../state/useMask.ts'

/** What is said of a run in a row, without its secrets, and in full where the pointer rests. */
export function SaidText({ text }: { readonly text: string }) {
  const shown = useMask().text(text)
  return <span title={shown}>{shown}</span>
}
