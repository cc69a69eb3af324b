import type { CompareStore } from '../../state/compareStore.ts'
import { useNotify } from '../../state/useNotify.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Select } from '../../ui/Select.tsx'
import { saveText } from './saveText.ts'
import styles from './MoreTools.module.css'

/** Whether what is unchanged is folded, or shown as well. */
export type Shown = 'changes' | 'all'

export type MoreToolsProps = {
  readonly store: CompareStore
  readonly shown: Shown
  readonly onShown: (shown: Shown) => void
  /** Whether ids, times and folders are left out; null: they never are. */
  readonly steady: boolean | null
  readonly onSteady: (steady: boolean) => void
  /** How many differences that leaves out. */
  readonly byChance: number
}

export function MoreTools({ store, shown, onShown, steady, onSteady, byChance }: MoreToolsProps) {
  const notify = useNotify()
  const withPatch = async (what: string, use: (text: string) => Promise<void> | void) => {
    try {
      const { text, operations } = await store.getState().readPatch()
      await use(text)
      notify('done', `${what} ${operations} operations as an RFC 6902 patch.`)
    } catch (error) {
      notify('error', error instanceof Error ? error.message : 'The patch could not be made.')
    }
  }
  return (
    <>
      <span className={styles.shown}>
        <Select
          compact
          label="What is shown"
          value={shown}
          options={[
            { value: 'changes', label: 'Changes only' },
            { value: 'all', label: 'All values' },
          ]}
          onChange={onShown}
        />
      </span>
      {steady !== null && (
        <Checkbox
          label={byChance === 0 ? 'Ignore ids and times' : `Ignore ids and times (${byChance})`}
          checked={steady}
          onChange={onSteady}
        />
      )}
      <Button
        icon="copy"
        onClick={() => void withPatch('Copied', (text) => navigator.clipboard.writeText(text))}
      >
        Copy as patch
      </Button>
      <IconButton
        icon="file"
        label="Save as patch"
        onClick={() => void withPatch('Saved', (text) => saveText('changes.patch.json', text))}
      />
    </>
  )
}
