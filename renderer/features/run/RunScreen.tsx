import { useState } from 'react'
import { useStore } from 'zustand'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import type { RunStore } from '../../state/runStore.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { useOffers } from '../../state/useOffers.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { SplitPane } from '../../ui/SplitPane.tsx'
import { DiagnosisPanel } from './DiagnosisPanel.tsx'
import { focusLock } from './focusLock.ts'
import { GatePanel } from './GatePanel.tsx'
import { Inspector } from './Inspector.tsx'
import { MappingDialog } from './MappingDialog.tsx'
import { offeredPlaces } from './offeredPlaces.ts'
import { OpeningRun } from './OpeningRun.tsx'
import { RunFailed } from './RunFailed.tsx'
import { RunHeader } from './RunHeader.tsx'
import type { RunRoute } from './RunPage.tsx'
import { RunTabs } from './RunTabs.tsx'
import { RunWorkBanner } from './RunWorkBanner.tsx'
import { SealedRun } from './SealedRun.tsx'
import { StagedBar } from './StagedBar.tsx'
import { StepEditDialog } from './StepEditDialog.tsx'
import { StepList } from './StepList.tsx'
import { UnlockedBanner } from './UnlockedBanner.tsx'
import styles from './RunScreen.module.css'

export type RunScreenProps = { readonly route: RunRoute; readonly store: RunStore }

export function RunScreen({ route, store }: RunScreenProps) {
  const { detail, refresh, ref: reference } = useStore(store)
  if (detail.kind === 'loading')
    return <OpeningRun route={route} reference={reference} store={store} />
  if (detail.kind === 'failed' && detail.error.details['needs'] === 'passphrase')
    return <SealedRun document={reference.document} store={store} />
  if (detail.kind === 'failed')
    return (
      <RunFailed
        document={reference.document}
        error={detail.error}
        onRetry={() => void refresh()}
      />
    )
  return (
    <div className={styles.screen}>
      {detail.problem && (
        <Banner
          tone="bad"
          icon="alert"
          actions={
            <Button size="s" onClick={() => void refresh()}>
              Try again
            </Button>
          }
        >
          What is shown may be old. {detail.problem.message}
        </Banner>
      )}
      <Opened route={route} store={store} detail={detail.value} />
    </div>
  )
}

type OpenedProps = RunScreenProps & { readonly detail: RunDetail }

function Opened({ route, store, detail }: OpenedProps) {
  const { replace } = useNavigation()
  const [showsInspector, setShowsInspector] = useState(() => window.innerWidth >= 1280)
  const [isMapping, setMapping] = useState(false)
  const map = () => setMapping(true)
  const steps = useStore(store, (state) => state.steps)
  const selectStep = (step: string) =>
    replace({ ...route, step: step === route.step ? null : step })
  const showStep = (step: string) => replace({ ...route, step })
  useOffers(() => {
    const { checkpoints } = store.getState()
    return offeredPlaces({ route, steps, checkpoints, replace })
  })
  const centre = <RunTabs route={route} store={store} detail={detail} onStep={selectStep} />
  const work = showsInspector ? (
    <SplitPane
      label="Width of the inspector"
      fixed="end"
      initial={300}
      min={220}
      max={560}
      start={centre}
      end={<Inspector detail={detail} store={store} route={route} onMap={map} />}
    />
  ) : (
    centre
  )
  return (
    <>
      <RunHeader
        detail={detail}
        store={store}
        showsInspector={showsInspector}
        onInspector={() => setShowsInspector(!showsInspector)}
      />
      <RunWorkBanner store={store} detail={detail} />
      {detail.unlocked === true && <UnlockedBanner store={store} />}
      <StagedBar document={detail.ref.document} />
      <StepEditDialog detail={detail} />
      <DiagnosisPanel
        detail={detail}
        route={route}
        store={store}
        onMap={map}
        onLock={() => {
          setShowsInspector(true)
          focusLock()
        }}
      />
      {isMapping && (
        <MappingDialog
          reference={detail.ref}
          onClose={() => setMapping(false)}
          onSaved={() => void store.getState().refresh()}
        />
      )}
      <GatePanel store={store} detail={detail} selected={route.step} onStep={showStep} />
      <div className={styles.work}>
        {steps.length === 0 ? (
          work
        ) : (
          <SplitPane
            label="Width of the list of steps"
            initial={window.innerWidth >= 1280 ? 232 : 216}
            min={140}
            max={480}
            start={
              <StepList
                store={store}
                selected={route.step}
                onSelect={selectStep}
                onShow={showStep}
              />
            }
            end={work}
          />
        )}
      </div>
    </>
  )
}
