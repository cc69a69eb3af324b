import type { RunRow } from '../../../shared/contract/runs.ts'
import { encodeRoute } from '../../state/route.ts'
import { shownStatus } from '../../../shared/core/diagnose/shownStatus.ts'
import { useMask } from '../../state/useMask.ts'
import { AgeText } from '../../ui/AgeText.tsx'
import type { DataColumn } from '../../ui/DataTable.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { Icon } from '../../ui/Icon.tsx'
import { MarkList } from '../../ui/MarkList.tsx'
import { markTone } from '../../ui/markTone.ts'
import { Meter } from '../../ui/Meter.tsx'
import { RunName } from '../../ui/RunName.tsx'
import { statusLook } from '../../ui/statusLooks.ts'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { endOf } from './endOf.ts'
import { routeOfRow } from './routeOfRow.ts'
import styles from './RunsTable.module.css'

/** What a row of the list shows. A column whose id `RunSort` has can be sorted by. */
export const columns: readonly DataColumn<RunRow>[] = [
  {
    id: 'status',
    header: 'Status',
    width: 120,
    cell: (row) => <StatusCell row={row} />,
  },
  {
    id: 'id',
    header: 'Run',
    width: 180,
    cell: (row) => (
      <a
        className={styles.run}
        href={encodeRoute(routeOfRow(row))}
        tabIndex={-1}
        title={titleOf(row)}
        aria-label={nameOf(row)}
      >
        {row.marks !== undefined && row.marks.colour !== null && (
          <span className={styles.dot} data-tone={markTone(row.marks.colour)} aria-hidden />
        )}
        {row.pinned && <Icon name="pin" size={12} />}
        {row.archived === true && <Icon name="archive" size={12} />}
        <RunName id={row.id} title={titleOf(row)} />
      </a>
    ),
  },
  {
    id: 'reason',
    header: 'Why it does not move',
    width: 420,
    least: 110,
    grow: true,
    cell: (row) => <Reason {...row.reason} />,
  },
  {
    id: 'step',
    header: 'Step',
    width: 174,
    yields: 7,
    cell: (row) =>
      row.stepsTotal === 0 ? (
        <span className={styles.quiet}>–</span>
      ) : (
        <span className={styles.step} title={row.step ?? undefined}>
          <span className={styles.stepName}>
            {row.step ?? (row.stepsDone === row.stepsTotal ? 'all done' : '–')}
          </span>
          <span className={styles.meter}>
            <Meter
              value={row.stepsDone}
              total={row.stepsTotal}
              tone={statusLook(shownStatus(row)).tone}
            />
          </span>
          <span className={styles.numbers}>
            {row.stepsDone}/{row.stepsTotal}
          </span>
        </span>
      ),
  },
  {
    id: 'since',
    header: 'In this state',
    width: 118,
    yields: 'last',
    align: 'end',
    cell: (row) => <AgeText since={row.finishedAt ?? row.updatedAt} precision="coarse" />,
  },
  {
    id: 'workflow',
    header: 'Workflow',
    width: 140,
    yields: 6,
    cell: (row) =>
      row.workflow === null ? (
        <span className={styles.quiet}>unknown</span>
      ) : (
        <span title={`${row.workflow} ${row.version ?? ''}`}>
          {row.workflow} <span className={styles.quiet}>{row.version}</span>
        </span>
      ),
  },
  {
    id: 'duration',
    header: 'Duration',
    width: 92,
    yields: 5,
    align: 'end',
    cell: (row) => <AgeText since={row.createdAt} until={endOf(row)} />,
  },
  {
    id: 'attempts',
    header: 'Attempts',
    width: 76,
    yields: 3,
    align: 'end',
    cell: (row) => row.attempts,
  },
  {
    id: 'sizeBytes',
    header: 'Size',
    width: 72,
    yields: 4,
    align: 'end',
    cell: (row) => formatBytes(row.sizeBytes),
  },
  {
    id: 'format',
    header: 'Format',
    width: 96,
    yields: 2,
    cell: (row) => <span className={styles.quiet}>{row.format}</span>,
  },
  {
    id: 'marks',
    header: 'Tags and note',
    width: 190,
    yields: 0,
    cell: ({ marks }) =>
      marks === undefined ? null : (
        <span className={styles.marks}>
          <MarkList marks={marks} />
        </span>
      ),
  },
  {
    id: 'owner',
    header: 'Owner',
    width: 110,
    yields: 1,
    cell: (row) => <span title={row.owner ?? undefined}>{row.owner ?? '–'}</span>,
  },
]

/** What a run says of itself, and beside it that what it says is not sound. */
function StatusCell({ row }: { readonly row: RunRow }) {
  const { flaws = 0 } = row
  if (flaws === 0) return <StatusWord status={shownStatus(row)} />
  const told = `${flaws} ${flaws === 1 ? 'contradiction' : 'contradictions'} in its state`
  return (
    <span className={styles.flawed}>
      <StatusWord status={shownStatus(row)} />
      <span className={styles.mark} role="img" aria-label={told} title={told}>
        <Icon name="broken" size={14} />
      </span>
    </span>
  )
}

function nameOf({ id, archived = false }: RunRow): string {
  return archived ? `${id} (archived)` : id
}

/** With what people say of it. */
function titleOf(row: RunRow): string {
  const { colour = null, tags = [], note = null } = row.marks ?? {}
  const said = [colour ?? '', tags.join(', '), note ?? ''].filter((part) => part !== '')
  return [nameOf(row), ...said].join('\n')
}

function Reason({ severity, sentence }: RunRow['reason']) {
  const shown = useMask().text(sentence)
  return (
    <span className={styles.reason} data-severity={severity} title={shown}>
      {shown}
    </span>
  )
}
