import { useCallback, useMemo, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { ChangeRow } from '../../../shared/contract/compare.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { CompareSides, CompareStore, Comparison } from '../../state/compareStore.ts'
import { masked, useMask } from '../../state/useMask.ts'
import { DiffRows } from '../../ui/DiffRows.tsx'
import type { DiffLine, ShownChange } from '../../ui/diffLine.ts'
import type { DiffLayout } from '../../ui/DiffRow.tsx'
import { DiffTools } from '../../ui/DiffTools.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { useShortcut } from '../../ui/useShortcut.ts'
import { BlamePane } from './BlamePane.tsx'
import { ChangeTools, type ChangeToolsProps } from './ChangeTools.tsx'
import { CoarseBanner } from './CoarseBanner.tsx'
import { diffLines } from './diffLines.ts'
import { ListKeys } from './ListKeys.tsx'
import { MoreTools, type Shown } from './MoreTools.tsx'
import { NoChanges } from './NoChanges.tsx'
import { TwoRuns } from './TwoRuns.tsx'
import styles from './CompareView.module.css'

export type ChangesProps = {
  readonly store: CompareStore
  readonly sides: CompareSides
  readonly comparison: Comparison
  readonly problem: AppError | null
  readonly areTwoRuns: boolean
}

/** What differs, change by change, with what is unchanged between. */
export function Changes({ store, sides, comparison, problem, areTwoRuns }: ChangesProps) {
  const { question, phase, unchanged, ask, retry, cancel, readMore, find } = useStore(store)
  const [layout, setLayout] = useState<DiffLayout>('side')
  const [shown, setShown] = useState<Shown>('changes')
  const [isBlaming, setIsBlaming] = useState(false)
  const [active, setActive] = useState(0)
  const { changes, total } = comparison
  const mask = useMask()
  const lines = useMemo(() => {
    const told = { ...comparison, changes: comparison.changes.map(masked(mask)) }
    return diffLines(told, unchanged)
  }, [comparison, unchanged, mask])
  const index = Math.max(0, Math.min(active, changes.length - 1))
  const step = (by: number) => setActive(Math.max(0, Math.min(changes.length - 1, index + by)))
  useShortcut('n', () => step(1))
  useShortcut('p', () => step(-1))
  useShortcut('b', () => setIsBlaming(!isBlaming))
  const askAnew = (next: Parameters<typeof ask>[0]) => {
    setActive(0)
    return ask(next)
  }

  const onRange = useCallback(
    (first: number, last: number) => {
      if (last >= lines.length - 20) void store.getState().readMore()
      if (shown !== 'all') return
      for (const line of lines.slice(first, last + 1))
        if (line.kind === 'unchanged' && !line.isOpen) void openUnchanged(store, line)
    },
    [lines, shown, store],
  )
  const jump = async (path: string, step_: string | null) => {
    if (question.under !== '' || question.kinds.length > 0) await askAnew({ under: '', kinds: [] })
    const found = await find(path)
    if (found !== null) setActive(found)
    else if (step_ !== null) await askAnew({ under: `/steps/${step_}` })
  }
  const current: ChangeRow | undefined = changes[index]
  return (
    <div className={styles.view}>
      {areTwoRuns && (
        <TwoRuns
          key={String(question.steady)}
          sides={sides}
          isExact={!question.steady}
          onJump={(parting) => void jump(parting.path, parting.step)}
          onStep={(name) => void askAnew({ under: `/steps/${name}` })}
        />
      )}
      <DiffTools
        counts={comparison.counts}
        kinds={question.kinds}
        onKinds={(kinds) => void askAnew({ kinds })}
        under={question.under}
        onUnder={(under) => void askAnew({ under })}
        layout={layout}
        onLayout={setLayout}
        place={changes.length === 0 ? null : { index, count: total }}
        onStep={step}
      >
        <MoreTools
          store={store}
          shown={shown}
          onShown={setShown}
          steady={areTwoRuns ? question.steady : null}
          onSteady={(steady) => void askAnew({ steady })}
          byChance={comparison.byChance}
        />
        <ListKeys
          keys={question.keys}
          list={changes[index] === undefined ? null : listOf(changes[index].path)}
          onKeys={(keys) => void askAnew({ keys })}
        />
      </DiffTools>
      {problem && <ErrorPanel error={problem} onRetry={() => void retry()} />}
      {comparison.isCoarse && (
        <CoarseBanner
          isLonger={question.effort === 'longer'}
          isBusy={phase !== null}
          onLonger={() => void askAnew({ effort: 'longer' })}
          onCancel={cancel}
        />
      )}
      {changes.length === 0 ? (
        <NoChanges question={question} byChance={comparison.byChance} />
      ) : (
        <div className={styles.rows} aria-busy={phase !== null}>
          <DiffRows
            label="Changes"
            lines={lines}
            layout={layout}
            active={index}
            changes={changes.length}
            onActive={(next) => {
              setActive(next)
              if (next >= changes.length - 1) void readMore()
            }}
            onRange={onRange}
            onToggle={(line) => toggleUnchanged(store, line)}
            toolsOf={toolsWith({
              store,
              sides,
              isBlaming,
              onBlame: () => setIsBlaming(!isBlaming),
            })}
          />
        </div>
      )}
      {isBlaming && current !== undefined && <BlamePane sides={sides} change={current} />}
    </div>
  )
}

/** The innermost list above a place, as far as its path tells. */
function listOf(path: string): string | null {
  return /^(.*)\/(?:\d+)(?:\/.*)?$/.exec(path)?.[1] ?? null
}

type Tools = Omit<ChangeToolsProps, 'change'>

function toolsWith(tools: Tools): (change: ShownChange) => ReactNode {
  return (change) => <ChangeTools change={change} {...tools} />
}

type Fold = DiffLine & { readonly kind: 'unchanged' }

function toggleUnchanged(store: CompareStore, line: Fold): void {
  if (line.isOpen) line.rows.forEach(store.getState().hideUnchanged)
  else void openUnchanged(store, line)
}

/** One after the other: each of them reads the run. */
async function openUnchanged(store: CompareStore, { rows }: Fold): Promise<void> {
  for (const row of rows) await store.getState().showUnchanged(row)
}
