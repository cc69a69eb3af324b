import { useCallback, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { CompareSide } from '../../../shared/contract/compare.ts'
import type { ChangeKind } from '../../../shared/core/diff/change.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { createCompareStore } from '../../state/compareStore.ts'
import { useNotify } from '../../state/useNotify.ts'
import { masked, useMask } from '../../state/useMask.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { Banner } from '../../ui/Banner.tsx'
import { DiffRows } from '../../ui/DiffRows.tsx'
import type { DiffLayout } from '../../ui/DiffRow.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { useShortcut } from '../../ui/useShortcut.ts'
import { CompareTools } from './CompareTools.tsx'
import styles from './CompareView.module.css'

export type CompareViewProps = { readonly left: CompareSide; readonly right: CompareSide }

export function CompareView({ left, right }: CompareViewProps) {
  const client = useClient()
  const notify = useNotify()
  const store = usePageStore('comparison', () => createCompareStore(client, { left, right }))
  const { comparison, under, narrow, retry, readPatch } = useStore(store)
  const [kinds, setKinds] = useState<readonly ChangeKind[]>([])
  const [layout, setLayout] = useState<DiffLayout>('side')
  const [active, setActive] = useState(0)

  const onEnd = useCallback(() => void store.getState().readMore(), [store])
  const value = comparison.kind === 'ready' ? comparison.value : null
  const mask = useMask()
  const changes = useMemo(() => value?.changes.map(masked(mask)) ?? [], [value?.changes, mask])
  const shown = changes.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
  const index = Math.min(active, Math.max(0, shown.length - 1))
  const step = (by: number) => setActive(Math.min(shown.length - 1, Math.max(0, index + by)))
  useShortcut('n', () => step(1))
  useShortcut('p', () => step(-1))

  const copyPatch = async () => {
    try {
      const { text, operations } = await readPatch()
      await navigator.clipboard.writeText(text)
      notify('done', `Copied ${operations} operations as an RFC 6902 patch.`)
    } catch (error) {
      notify('error', error instanceof Error ? error.message : 'The patch could not be copied.')
    }
  }
  const toggle = (kind: ChangeKind) => {
    setActive(0)
    setKinds(kinds.includes(kind) ? kinds.filter((one) => one !== kind) : [...kinds, kind])
  }

  if (comparison.kind === 'loading') return <Spinner label="Comparing" />
  if (comparison.kind === 'failed') {
    return <ErrorPanel error={comparison.error} onRetry={() => void retry()} />
  }
  if (value?.total === 0 && under === '') {
    return (
      <EmptyState icon="check" title="No difference">
        The two sides hold the same state.
      </EmptyState>
    )
  }
  return (
    <div className={styles.view}>
      <CompareTools
        counts={comparison.value.counts}
        kinds={kinds}
        onKind={toggle}
        under={under}
        onUnder={narrow}
        layout={layout}
        onLayout={setLayout}
        place={
          shown.length === 0 ? null : { index, count: totalOf(comparison.value.counts, kinds) }
        }
        onStep={step}
        onCopyPatch={() => void copyPatch()}
      />
      {comparison.problem && <ErrorPanel error={comparison.problem} onRetry={() => void retry()} />}
      {comparison.value.isCoarse && (
        <Banner tone="warn" icon="clock">
          Coarse: the search took too long and was ended. Every difference is in here, but some
          changes are larger than they need to be.
        </Banner>
      )}
      {shown.length === 0 ? (
        <EmptyState icon="filter" title="No change fits">
          {under === '' ? 'No change of this kind.' : `Nothing differs at or below ${under}.`}
        </EmptyState>
      ) : (
        <div className={styles.rows}>
          <DiffRows
            label="Changes"
            changes={shown}
            layout={layout}
            active={index}
            onActive={setActive}
            onEnd={onEnd}
          />
        </div>
      )}
    </div>
  )
}

function totalOf(counts: { readonly [K in ChangeKind]: number }, kinds: readonly ChangeKind[]) {
  const counted = kinds.length === 0 ? (Object.keys(counts) as readonly ChangeKind[]) : kinds // keys of its schema
  return counted.reduce((sum, kind) => sum + counts[kind], 0)
}
