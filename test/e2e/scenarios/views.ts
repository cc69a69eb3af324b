// Every view that asks the host for something: where it is, what it asks, and what stands there then.
import type { Locator, Page } from 'playwright'
import type { CallName } from '../../../shared/contract/contract.ts'
import { expect, type App } from '../harness/app.ts'
import { isBroken, listRuns, type ListedRun } from './sampleRuns.ts'
import { runsGrid } from './screens.ts'
import { stageInputs } from './stageEdit.ts'

type Shows = (page: Page) => Locator

export type View = {
  readonly name: string
  readonly hash: string
  /** What it cannot be without. */
  readonly calls: readonly CallName[]
  /** What it says meanwhile. */
  readonly waits: string
  /** What is there when it is ready. */
  readonly shows: Shows
  /** What brings it to the screen once its page is there. */
  readonly act?: (page: Page) => Promise<void>
}

export type EmptyView = Pick<View, 'name' | 'hash' | 'shows' | 'act'>

/** The runs of the sample that views are looked at with. */
export type Subjects = Readonly<Record<'stuck' | 'damaged' | 'failed' | 'good' | 'old', string>>

export async function findSubjects(app: App, workspace: string): Promise<Subjects> {
  const runs = await listRuns(app, workspace)
  const documentOf = (matches: (run: ListedRun) => boolean) => {
    const found = runs.find(matches)
    if (found === undefined) throw new Error(`The sample lacks a run: ${JSON.stringify(runs)}`)
    return found.ref.document
  }
  return {
    stuck: documentOf(({ workflow }) => workflow === 'order-fulfilment'),
    damaged: documentOf(isBroken),
    failed: documentOf(({ status }) => status === 'failed'),
    good: documentOf(({ status, health }) => status === 'completed' && health === 'ok'),
    old: documentOf(({ ref }) => ref.format === 'unstuck-v1'),
  }
}

/** `large`: a run of more steps than are read at once. */
export function viewsOf(subjects: Subjects, large: string): readonly View[] {
  return [
    workspaceView,
    ...runsViews,
    ...runViews(subjects),
    graphView(large),
    ...otherViews(subjects),
  ]
}

function graphView(large: string): View {
  return {
    name: 'run-graph',
    hash: `#/run/${large}/graph`,
    waits: 'Reading the steps',
    calls: ['run.steps'],
    act: opened,
    shows: (page) => page.getByRole('listbox', { name: 'Graph' }),
  }
}

const workspaceView: View = {
  name: 'workspace',
  hash: '#/start',
  waits: 'Opening the workspace',
  calls: ['workspace.get'],
  shows: text('Choose a workflow'),
}

const runsViews: readonly View[] = [
  {
    name: 'runs',
    hash: '#/runs/all',
    waits: 'Reading the list of runs',
    calls: ['run.list'],
    shows: (page) => runsGrid(page).getByRole('link').first(),
  },
  {
    name: 'runs-groups',
    hash: '#/runs/all?group=workflow',
    waits: 'Putting the runs into groups',
    calls: ['run.groups'],
    shows: text(/groups?, \d+ runs/),
  },
  {
    name: 'runs-peek',
    hash: '#/runs/failed',
    waits: 'Reading the run',
    calls: ['run.get'],
    act: async (page) => {
      await runsGrid(page).getByRole('gridcell', { name: 'Failed' }).first().click()
      await page.keyboard.press(' ')
    },
    shows: (page) => page.getByRole('heading', { name: /^Last error/ }),
  },
  {
    name: 'runs-batch',
    hash: '#/runs/failed',
    waits: 'Looking at what would be done',
    calls: ['cleanup.plan'],
    act: async (page) => {
      await runsGrid(page).getByRole('checkbox').first().click()
      await page.getByRole('button', { name: /^To the trash/ }).click()
    },
    shows: (page) => page.getByRole('grid', { name: 'What would be done' }),
  },
]

function runViews({ stuck, failed, good }: Subjects): readonly View[] {
  const at = (tab: string) => `#/run/${failed}/${tab}`
  return [
    {
      name: 'run',
      hash: `#/run/${stuck}/timeline`,
      waits: 'Opening order-fulfilment',
      calls: ['run.get'],
      shows: region('Diagnosis'),
    },
    {
      name: 'run-step',
      hash: at('timeline?step=load'),
      waits: 'Looking at the definition',
      calls: ['step.uses'],
      act: opened,
      shows: text('Reads'),
    },
    {
      name: 'run-state',
      hash: at('state'),
      waits: 'Reading the state',
      calls: ['state.read'],
      act: opened,
      shows: tree,
    },
    {
      name: 'run-value',
      hash: at('state?pointer=/inputs'),
      waits: 'Reading the value',
      calls: ['state.value'],
      act: opened,
      shows: region('Value of /inputs'),
    },
    {
      name: 'run-blame',
      hash: at('state?pointer=/status'),
      waits: 'Looking for what changed it',
      calls: ['state.blame'],
      act: (page) => page.getByRole('button', { name: 'What changed this value?' }).click(),
      shows: region('What changed this value'),
    },
    {
      name: 'run-checkpoint',
      hash: `#/run/${good}/checkpoints`,
      waits: 'Reading the state',
      calls: ['state.read'],
      act: (page) =>
        grid('Checkpoints')(page)
          .getByRole('gridcell', { name: 'transform', exact: true })
          .first()
          .click(),
      shows: tree,
    },
    {
      name: 'run-logs',
      hash: at('logs?step=load'),
      waits: 'Reading the log',
      calls: ['run.log'],
      act: opened,
      shows: region('Log of load, attempt 3'),
    },
    {
      name: 'run-history',
      hash: at('history'),
      waits: 'Reading the journal',
      calls: ['run.records'],
      act: opened,
      shows: grid('Journal'),
    },
    {
      name: 'run-raw',
      hash: at('raw'),
      waits: 'Reading the file',
      calls: ['run.raw'],
      act: opened,
      shows: region('Bytes of the head'),
    },
    {
      name: 'edit',
      hash: at('state'),
      waits: 'Planning the edits',
      calls: ['edit.plan'],
      act: async (page) => {
        await stageInputs(page, '{"database": "elsewhere"}')
        await page.getByRole('button', { name: 'Preview…' }).click()
      },
      shows: region('Staged edits'),
    },
  ]
}

function otherViews({ stuck, damaged, failed, good }: Subjects): readonly View[] {
  const both = `#/compare?left=${good}&right=${failed}`
  return [
    {
      name: 'compare',
      hash: both,
      waits: 'Reading both sides',
      calls: ['checkpoint.compare'],
      shows: (page) => page.getByRole('list', { name: 'Changes' }),
    },
    {
      name: 'compare-parting',
      hash: both,
      waits: 'Looking for where they part',
      calls: ['run.divergence'],
      shows: region('Where the runs part'),
    },
    {
      name: 'compare-choose',
      hash: '#/compare',
      waits: 'Searching',
      calls: ['run.list'],
      shows: (page) => page.getByRole('option').first(),
    },
    {
      name: 'edit-many',
      hash: `#/edit?runs=${failed},${good}`,
      waits: 'Planning 2 runs',
      calls: ['edit.batch.plan'],
      act: async (page) => {
        await page.getByRole('textbox', { name: 'Path' }).fill('/inputs/database')
        await page.getByRole('textbox', { name: 'Value (JSON)' }).fill('"elsewhere"')
      },
      shows: (page) => page.getByRole('main').getByRole('grid'),
    },
    {
      name: 'resume',
      hash: `#/resume/${stuck}`,
      waits: 'Planning the resume',
      calls: ['resume.plan'],
      shows: (page) => page.getByRole('group', { name: 'What happened to charge-card?' }),
    },
    {
      name: 'resume-many',
      hash: '#/resume?view=failed',
      waits: 'Planning the resume of each run',
      calls: ['resume.batch.plan'],
      shows: (page) => page.getByRole('list', { name: 'What would become of the runs' }),
    },
    {
      name: 'batches',
      hash: '#/batches',
      waits: 'Reading the batches',
      calls: ['resume.batch.list'],
      shows: text('No batch yet'),
    },
    {
      name: 'repair',
      hash: `#/repair/${damaged}`,
      waits: 'Looking for damage',
      calls: ['repair.plan'],
      shows: region('What would be written'),
    },
    {
      name: 'repair-bytes',
      hash: `#/repair/${damaged}`,
      waits: 'Reading the head',
      calls: ['run.raw'],
      shows: region('Bytes of the head'),
    },
    {
      name: 'start',
      hash: '#/start',
      waits: 'Looking for workflows',
      calls: ['workflow.list'],
      shows: text('Choose a workflow'),
    },
    {
      name: 'start-form',
      hash: '#/start?definition=workflows%2Fnightly-report.yaml',
      waits: 'Reading workflows/nightly-report.yaml',
      calls: ['workflow.read'],
      shows: (page) => page.getByRole('form', { name: /^Start / }),
    },
    {
      name: 'palette',
      hash: '#/cleanup/trash',
      waits: 'Searching runs',
      calls: ['run.list'],
      act: (page) => page.keyboard.press('Control+k'),
      shows: (page) => page.getByRole('option', { name: /nightly-report/ }).first(),
    },
    {
      name: 'migrate',
      hash: '#/migrate',
      waits: 'Looking for old documents',
      calls: ['migrate.plan'],
      shows: grid('Old documents'),
    },
    {
      name: 'clean-up',
      hash: '#/cleanup/policy',
      waits: 'Looking for runs to clean up',
      calls: ['cleanup.plan'],
      shows: grid('Runs that would go'),
    },
    {
      name: 'trash',
      hash: '#/cleanup/trash',
      waits: 'Opening the trash',
      calls: ['trash.list'],
      shows: text('The trash is empty'),
    },
    {
      name: 'storage',
      hash: '#/cleanup/storage',
      waits: 'Measuring',
      calls: ['storage.get'],
      shows: (page) => page.getByRole('table', { name: 'By kind of file' }),
    },
    {
      name: 'operations',
      hash: '#/operations',
      waits: 'Reading the operations log',
      calls: ['operations.list'],
      shows: (page) => page.getByRole('complementary', { name: 'Operation' }),
    },
  ]
}

/** What a workspace without anything shows. */
export const emptyViews: readonly EmptyView[] = [
  empty('runs', '#/runs/all', 'No runs here yet'),
  empty('runs-groups', '#/runs/all?group=workflow', 'No runs here yet'),
  empty('compare-choose', '#/compare', 'No run and no checkpoint fits.'),
  empty('edit-many', '#/edit', 'No run is chosen'),
  empty('resume-many', '#/resume', 'No run fits any more'),
  empty('batches', '#/batches', 'No batch yet'),
  empty('start', '#/start', 'No workflows in this folder'),
  empty('migrate', '#/migrate', 'Nothing to migrate'),
  empty('clean-up', '#/cleanup/policy', 'Nothing to clean up'),
  empty('trash', '#/cleanup/trash', 'The trash is empty'),
  empty('storage', '#/cleanup/storage', 'Nothing is stored yet'),
  empty('errors', '#/errors', 'No run is failed'),
  empty('operations', '#/operations', 'Nothing was changed yet'),
]

/** What runs show where they have nothing of what is asked for. */
export function emptyViewsOf({ good, failed, old }: Subjects): readonly EmptyView[] {
  const v1 = `#/run/${encodeURIComponent(old)}/checkpoints?format=unstuck-v1`
  return [
    empty('runs-filtered', '#/runs/all?text=no-such-run', 'Nothing fits these filters'),
    empty('runs-groups-filtered', '#/runs/all?text=no-such-run&group=error', 'Nothing to group'),
    empty('run-checkpoints', v1, 'No checkpoints'),
    empty('compare', `#/compare?left=${good}&right=${good}`, 'No difference'),
    empty('edit', `#/edit/${failed}`, 'Nothing is staged'),
    empty('resume', `#/resume/${good}`, 'The run is completed.'),
    {
      name: 'run-value',
      hash: `#/run/${good}/state?pointer=/annotations/tags`,
      shows: (page) => region('Value of /annotations/tags')(page).getByText('[]'),
    },
    empty('repair', `#/repair/${good}`, 'Nothing to repair'),
  ]
}

function empty(name: string, hash: string, says: string): EmptyView {
  return { name, hash, shows: text(says) }
}

/** What a run shows that has begun nothing, and whose journal is empty. */
export function emptyViewsOfLarge(large: string): readonly EmptyView[] {
  const at = (tab: string) => `#/run/${large}/${tab}`
  const views: readonly EmptyView[] = [
    empty('run-logs', at('logs'), 'No logs yet'),
    empty('run-history', at('history'), 'No records'),
    {
      ...empty('run-raw', at('raw'), 'Empty'),
      act: async (page) => {
        await page.getByLabel('File', { exact: true }).selectOption('journal')
      },
    },
  ]
  return views.map((view) => ({ act: opened, ...view }))
}

/** While a run is opened, its history stands in its place. */
async function opened(page: Page): Promise<void> {
  await expect(region('Diagnosis')(page)).toBeVisible()
}

function tree(page: Page): Locator {
  return page.getByRole('tree')
}

function grid(name: string): Shows {
  return (page) => page.getByRole('grid', { name })
}

function region(name: string): Shows {
  return (page) => page.getByRole('region', { name })
}

function text(words: string | RegExp): Shows {
  return (page) => page.getByRole('main').getByText(words).first()
}
