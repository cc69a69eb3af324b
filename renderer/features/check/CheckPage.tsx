import { useStore } from 'zustand'
import { checkCommand } from '../../state/actionCommands.ts'
import type { CheckResult, CheckState } from '../../state/checkStore.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { Button } from '../../ui/Button.tsx'
import { CopyCommand } from '../../ui/CopyCommand.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { TimeText } from '../../ui/TimeText.tsx'
import styles from './CheckPage.module.css'
import { CheckFindings } from './CheckFindings.tsx'
import { itemCount, ruleCounts } from './checkWords.ts'

/** Every run and document of the workspace against every rule of integrity. */
export function CheckPage() {
  const state = useStore(useStores().check)
  const { result, checking, error, check, cancel } = state
  const start = () => void check()
  return (
    <Page>
      <PageHeader
        title="Check"
        note={result && <Told result={result} />}
        actions={
          checking === null && (
            <>
              <CopyCommand text={checkCommand()} />
              {result !== null && (
                <Button icon="refresh" onClick={start}>
                  Check again
                </Button>
              )}
            </>
          )
        }
      />
      {checking !== null && (
        <div className={styles.progress}>
          <ProgressBar
            label="Checking"
            done={checking.progress?.done ?? 0}
            total={checking.progress?.total ?? 0}
            item={checking.progress?.item}
            onCancel={cancel}
          />
        </div>
      )}
      {error !== null && <ErrorPanel error={error} onRetry={start} />}
      <Content state={state} onStart={start} />
    </Page>
  )
}

type ContentProps = { readonly state: CheckState; readonly onStart: () => void }

function Content({ state, onStart }: ContentProps) {
  const { result, checking, error, selected, select } = state
  if (result === null) {
    if (checking !== null || error !== null) return null
    return (
      <EmptyState
        icon="checkCircle"
        title="Not checked yet"
        actions={
          <Button variant="primary" icon="checkCircle" onClick={onStart}>
            Check all
          </Button>
        }
      >
        Reads all of every run and document, and tells what breaks a rule: torn files, broken
        chains, states that contradict themselves. Nothing is changed.
      </EmptyState>
    )
  }
  if (result.rules.length > 0)
    return <CheckFindings result={result} selected={selected} onSelect={select} />
  return (
    <EmptyState icon="checkCircle" title={`Nothing wrong in ${itemCount(result.checked)}`}>
      {result.stoppedOf === null
        ? 'Every rule holds in all of them.'
        : 'The others were not checked: it was stopped before.'}
    </EmptyState>
  )
}

function Told({ result }: { readonly result: CheckResult }) {
  const { checked, flawed, stoppedOf, at } = result
  const of = stoppedOf === null ? '' : `, stopped before the other ${stoppedOf - checked}`
  return (
    <output>
      {`${itemCount(checked)} checked${of} `}
      <TimeText at={at} />
      {flawed > 0 && `. ${flawed.toLocaleString('en')} with findings: ${ruleCounts(result)}`}.
    </output>
  )
}
