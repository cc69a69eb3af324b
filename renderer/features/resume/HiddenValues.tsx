import { useStore } from 'zustand'
import { useStores } from '../../state/StoresProvider.tsx'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './ResumeOptions.module.css'

export type HiddenValuesProps = { readonly title: string; readonly text: string }

/** Values with their secrets masked: they are edited when these are shown, not before. */
export function HiddenValues({ title, text }: HiddenValuesProps) {
  const { setShowsSecrets } = useStore(useStores().preferences)
  return (
    <div className={styles.wide}>
      <TextField
        label={`${title} (JSON)`}
        multiline
        disabled
        value={text}
        hint="Secrets are hidden. They are kept as they are unless you show and change them."
        onChange={ignore}
      />
      <Button size="s" icon="eye" onClick={() => setShowsSecrets(true)}>
        Show secrets to edit
      </Button>
    </div>
  )
}

/** It is disabled. */
function ignore() {}
