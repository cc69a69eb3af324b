import type { Checkpoint } from '../../../shared/schema/run.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import type { DataColumn } from '../../ui/DataTable.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Meter } from '../../ui/Meter.tsx'
import { TimeText } from '../../ui/TimeText.tsx'
import styles from './checkpointColumns.module.css'

const triggers = {
  step: 'a step',
  gate: 'a gate',
  time: 'the clock',
  manual: 'a person',
  start: 'the start',
  end: 'the end',
  migration: 'a migration',
  repair: 'a repair',
} as const satisfies Record<Checkpoint['trigger'], string>

export type CheckpointColumns = {
  readonly picked: readonly string[]
  readonly onPick: (id: string) => void
  /** Copies and spares of another engine were made by nobody's order, at no step that they tell. */
  readonly isNative: boolean
}

export function checkpointColumns({
  picked,
  onPick,
  isNative,
}: CheckpointColumns): readonly DataColumn<Checkpoint>[] {
  const columns: readonly DataColumn<Checkpoint>[] = [
    {
      id: 'pick',
      header: 'Pick',
      width: 48,
      cell: ({ id, name, thinned }) => (
        <Checkbox
          label={<span className={styles.hidden}>Pick {name} to compare</span>}
          checked={picked.includes(id)}
          disabled={thinned === true}
          onChange={() => onPick(id)}
        />
      ),
    },
    {
      id: 'name',
      header: 'Checkpoint',
      width: 130,
      grow: true,
      cell: ({ name, trigger, thinned }) =>
        thinned === true ? (
          <span className={styles.thinned} title="A clean-up thinned it away. Its neighbours open.">
            {name} · thinned away
          </span>
        ) : // A person gave it its name, to find it again.
        trigger === 'manual' && isNative ? (
          <span className={styles.named}>
            <Icon name="flag" size={14} />
            {name}
          </span>
        ) : (
          name
        ),
    },
    {
      id: 'trigger',
      header: 'Made by',
      width: 80,
      yields: 1,
      cell: ({ trigger }) => triggers[trigger],
    },
    { id: 'step', header: 'Step', width: 110, cell: ({ step }) => step ?? '–' },
    {
      id: 'progress',
      header: 'Progress',
      width: 104,
      cell: ({ progress }) => (
        <span className={styles.progress}>
          <Meter value={progress} total={1} tone="busy" />
          {Math.round(progress * 100)} %
        </span>
      ),
    },
    { id: 'seq', header: 'Record', width: 64, yields: 2, align: 'end', cell: ({ seq }) => seq },
    {
      id: 'at',
      header: 'When',
      width: 108,
      isTime: true,
      align: 'end',
      cell: ({ at }) => <TimeText at={at} />,
    },
  ]
  return isNative ? columns : columns.filter(({ id }) => !ofJournal.has(id))
}

const ofJournal: ReadonlySet<string> = new Set(['trigger', 'step', 'progress', 'seq'])
