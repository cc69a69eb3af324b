import { useMask } from '../../state/useMask.ts'
import { useNotify } from '../../state/useNotify.ts'

/** Copies the whole value at a place, with its secrets masked while they are hidden, and says what came of it. */
export function useCopyValue(
  readValue: (pointer: string) => Promise<string>,
): (pointer: string) => Promise<void> {
  const notify = useNotify()
  const mask = useMask()
  return async (pointer) => {
    try {
      await navigator.clipboard.writeText(mask.value(pointer, await readValue(pointer)))
      notify('done', `Copied the value of ${pointer}${mask.isOn ? ', secrets masked' : ''}.`)
    } catch (error) {
      notify('error', error instanceof Error ? error.message : 'The value could not be copied.')
    }
  }
}
