// Every place that an address leads to, with what stands there once it is read.
import type { Locator, Page } from 'playwright'
import { expect } from '../harness/app.ts'
import { goTo, runsGrid } from './screens.ts'
import type { Subjects } from './views.ts'

export type Screen = {
  readonly name: string
  readonly hash: string
  /** What is there when the screen is ready. */
  readonly shows: (page: Page) => Locator
}

/** All screens of a sample workspace; none of them is reached twice. */
export function everyScreen(subjects: Subjects): readonly Screen[] {
  const { stuck, damaged, failed, good } = subjects
  return [
    ...runsScreens,
    ...runScreens(stuck),
    screen('a checkpoint', `#/run/${good}/checkpoints?checkpoint=cp-3`, grid('Checkpoints')),
    screen('a damaged run', `#/run/${damaged}/raw`, inMain('Damaged')),
    screen('compare, to choose', '#/compare', heading('Compare')),
    screen('compare, two runs', `#/compare?left=${good}&right=${failed}`, list('Changes')),
    screen(
      'compare, two checkpoints',
      `#/compare?left=${failed}&leftCheckpoint=0&right=${failed}`,
      heading('Compare'),
    ),
    screen('edit, nothing staged', `#/edit/${failed}`, inMain('Nothing is staged')),
    screen('edit many', `#/edit?runs=${failed},${good}`, inMain('Say what to change')),
    screen('edit many, none chosen', '#/edit', inMain('No run is chosen')),
    screen('resume', `#/resume/${stuck}`, group('What happened to charge-card?')),
    screen('resume many', '#/resume?view=failed', list('What would become of the runs')),
    screen('batches', '#/batches', inMain('No batch yet')),
    screen('repair', `#/repair/${damaged}`, region('What would be written')),
    screen('errors', '#/errors', grid('Errors')),
    screen('start', '#/start', (page) => page.getByRole('navigation', { name: 'Workflows' })),
    screen('check', '#/check', inMain('Not checked yet')),
    screen('migrate', '#/migrate', grid('Old documents')),
    screen('clean up', '#/cleanup/policy', grid('Runs that would go')),
    screen('settings', '#/settings', region('Persistence')),
    screen('trash', '#/cleanup/trash', inMain('The trash is empty')),
    screen('clean up of other engines', '#/cleanup/engines', (page) =>
      page.getByLabel('Limits for other engines'),
    ),
    screen('operations', '#/operations', grid('Operations')),
    screen('hosts', '#/hosts', heading('Connect to host')),
    screen('storage', '#/cleanup/storage', (page) =>
      page.getByRole('table', { name: 'By kind of file' }),
    ),
  ]
}

/** Goes there and waits until nothing is read any more. */
export async function show(page: Page, { hash, shows }: Screen): Promise<void> {
  await goTo(page, hash)
  await expect(shows(page)).toBeVisible()
  await expect(page.locator('main output[data-size]').filter({ visible: true })).toHaveCount(0)
}

// The views of the list are one screen; an empty one stands for those that have nothing.
const runsScreens: readonly Screen[] = [
  screen('runs', '#/runs/all', (page) => runsGrid(page).getByRole('link').first()),
  screen('no runs of a view', '#/runs/running', inMain('No run is running')),
  screen('runs by workflow', '#/runs/all?group=workflow', inMain(/groups?, \d+ runs/)),
  screen('runs by error', '#/runs/all?group=error', inMain(/groups?, \d+ runs/)),
]

function runScreens(run: string): readonly Screen[] {
  const at = (tab: string) => `#/run/${run}/${tab}`
  return [
    screen('run, timeline', at('timeline'), region('Diagnosis')),
    screen('run, graph', at('graph'), (page) => page.getByRole('listbox', { name: 'Graph' })),
    screen('run, state', at('state?step=charge-card&pointer=/inputs'), (page) =>
      page.getByRole('tree'),
    ),
    screen('run, checkpoints', at('checkpoints'), grid('Checkpoints')),
    screen('run, logs', at('logs?step=charge-card'), list('Attempts of charge-card')),
    screen('run, history', at('history'), grid('Journal')),
    screen('run, raw', at('raw'), region('Bytes of the head')),
  ]
}

function screen(name: string, hash: string, shows: Screen['shows']): Screen {
  return { name, hash, shows }
}

function heading(name: string): Screen['shows'] {
  return (page) => page.getByRole('heading', { name, exact: true })
}

function grid(name: string): Screen['shows'] {
  return (page) => page.getByRole('grid', { name })
}

function region(name: string): Screen['shows'] {
  return (page) => page.getByRole('region', { name })
}

function group(name: string): Screen['shows'] {
  return (page) => page.getByRole('group', { name })
}

function list(name: string): Screen['shows'] {
  return (page) => page.getByRole('list', { name })
}

function inMain(text: string | RegExp): Screen['shows'] {
  return (page) => page.getByRole('main').getByText(text).first()
}
