import { wholeIn, type ResumeManyState } from '../../state/resumeManyStore.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { OptionsPanel } from '../../ui/OptionsPanel.tsx'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './ResumeManyPage.module.css'

export type ManyOptionsProps = { readonly state: ResumeManyState }

/** How each of them is resumed, how many at once, and what makes the batch wait. */
export function ManyOptions({ state: { choices, choose } }: ManyOptionsProps) {
  const { definition, stopAfter, canary, parallel, isGuarded } = choices
  return (
    <OptionsPanel>
      <TextField
        label="Canary"
        type="number"
        value={canary}
        hint="So many first; then it waits for you. 0: none."
        error={wholeIn(canary, 0, 1_000) === null ? 'A whole number from 0 to 1000.' : null}
        onChange={(text) => choose({ canary: text })}
      />
      <TextField
        label="At the same time"
        type="number"
        value={parallel}
        hint="No more runs than these are under way at once."
        error={wholeIn(parallel, 1, 64) === null ? 'A whole number from 1 to 64.' : null}
        onChange={(text) => choose({ parallel: text })}
      />
      <TextField
        label="Stop after step"
        value={stopAfter}
        placeholder="the end"
        hint="Each run is paused when this step is done."
        onChange={(text) => choose({ stopAfter: text })}
      />
      <RadioGroup
        legend="Workflow definition"
        value={definition}
        options={[
          { value: 'recorded', label: 'As each run recorded it' },
          { value: 'current', label: 'As its file is now' },
        ]}
        onChange={(chosen) => choose({ definition: chosen })}
      />
      <div className={styles.wide}>
        <Checkbox
          label="Pause when 3 of the last 10 runs fail for the same reason"
          checked={isGuarded}
          onChange={(checked) => choose({ isGuarded: checked })}
        />
      </div>
    </OptionsPanel>
  )
}
