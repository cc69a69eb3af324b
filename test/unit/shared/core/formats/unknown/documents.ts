/** Documents that no engine writes, each with one thing that decides how it is guessed. */
export const documents: Readonly<Record<string, unknown>> = {
  'words that nobody knows': {
    zustand: 'x',
    run_status: 'kaputt',
    steps: [
      { name: 'a', step_status: 'heil' },
      { name: 'b', step_status: 'heil' },
    ],
  },
  'more than a word': { phase: 'odd word', data: { inner: { phase: 'kaputt' } } },
  'a word that nobody knows one level down': { data: { phase: 'kaputt' } },
  'an error with a message': { status: 'failed', error: { code: 7, message: 'boom' } },
  'errors at every depth': {
    status: 'failed',
    error: { code: 7 },
    details: { inner: { reason: 'deeper', more: { message: 'deepest' } } },
  },
  'an error below an error that says nothing': {
    status: 'failed',
    details: { error: 'deep' },
    error: '',
  },
  'an id that is none': { status: 'failed', id: true, name: 'x'.repeat(201) },
  'an id of the greatest length': { status: 'failed', id: 'x'.repeat(200) },
  'an id that is a number': { status: 'failed', id: 12, workflow: '' },
  'ids below one another': {
    status: 'failed',
    run: { info: { run_id: 'r', workflow: 'w', deep: { uid: 'q' } } },
    a: { b: { c: { run_id: 'deepest' } } },
  },
  'a workflow too deep to be one': { status: 'failed', a: { b: { c: { workflow: 'w' } } } },
  'a reason that is a question': { status: 'failed', reason: 'Why?' },
  'an error of what was cancelled': { status: 'cancelled', error: 'ended' },
  'an error of what is done': { status: 'done', error: 'ended', uid: { a: 1 } },
  'an error of what goes on': {
    status: 'running',
    error: 'so far',
    started_at: '2026-03-01T08:00:00Z',
  },
  'steps that say all': {
    status: 'failed',
    tasks: [
      {
        task: 'a',
        state: 'failed',
        message: 'exit 1',
        output: { a: 1 },
        started: 1772352000,
        ended: 1772352005,
      },
      { task: 'b', state: 'done', result: null, started: 1772352005 },
      { task: 'c', state: 'skipped' },
    ],
  },
  'a list whose name says nothing, of too little': {
    blocks: [{ name: 'a', status: 'failed' }, { name: 'b' }],
  },
  'a list whose name says nothing, of enough': {
    blocks: [
      { name: 'a', status: 'failed', start: 1772352000 },
      { name: 'b', status: 'done' },
    ],
  },
  'steps that have only names': { steps: [{ name: 'a' }, { name: 'b' }] },
  'steps of which most are none': { steps: [{ name: 'a', status: 'done' }, 1, 2, 3] },
  'steps of which one is none': {
    steps: [...['a', 'b', 'c', 'd'].map((name) => ({ name, status: 'done' })), 5],
  },
  'a record of steps': {
    steps: {
      a: { status: 'failed', error: { message: 'm' } },
      b: { status: 'done', output: false },
      c: { status: 'heil' },
    },
  },
  'two lists of steps of which one says more': {
    wrap: {
      tasks: [{ name: 'c', status: 'done' }],
      steps: [{ name: 'a', status: 'done', started_at: '2026-03-01T08:00:00Z' }],
    },
  },
  'two lists of steps that say the same': {
    steps: [{ name: 'a', status: 'done' }],
    tasks: [{ name: 'c', status: 'failed' }],
  },
  'few steps of many with a word': {
    steps: [{ name: 'a', status: 'failed' }, ...['b', 'c', 'd'].map((name) => ({ name }))],
  },
  'a current step and no others': { run_id: 'r', status: 'failed', current_step: 'charge' },
  'a current step one level down': {
    run_id: 'r',
    status: 'failed',
    info: { current_step: 'charge', message: 'no money.' },
  },
  'a current step too deep to be one': {
    run_id: 'r',
    status: 'failed',
    info: { deep: { current_step: 'charge' } },
  },
  'a position that is no step': { run_id: 'r', status: 'failed', position: 'charge' },
  'a current step that is a status': { run_id: 'r', status: 'failed', current_step: 'done' },
  'only a beginning': { startedAt: '2026-03-01T08:00:00Z' },
  'a time after the end': {
    started_at: '2026-03-01T08:00:00Z',
    finished_at: '2026-03-01T08:01:00Z',
    timestamp: '2026-03-01T08:02:00Z',
  },
  'a time that could be two things': { status: 'done', ts: 1772352000000 },
  'steps that need each other': {
    status: 'failed',
    steps: [
      { id: 's1', status: 'done' },
      { id: 's2', status: 'failed', needs: ['s1'] },
      { id: 's3', status: 'pending', needs: 's1' },
    ],
  },
  'edges beside the steps': {
    status: 'failed',
    steps: [
      { id: 's1', status: 'done' },
      { id: 's2', status: 'failed' },
    ],
    edges: [
      { from: 's1', to: 's2' },
      { from: 's1', to: 'gone' },
    ],
  },
  'a current step among the steps': {
    status: 'failed',
    steps: [
      { id: 's1', name: 'fetch' },
      { id: 's2', name: 'build' },
    ],
    cursor: 's1',
    progress: { current_step: 'build' },
  },
  'events beside what it says of itself': {
    run_id: 'r7',
    status: 'failed',
    message: 'gave up',
    log: [
      { ts: 1772352000, event: 'step_started', step: 'build' },
      { ts: 1772352001, event: 'step_failed', step: 'build', error: 'exit 1' },
    ],
  },
  'events alone, in a list': [
    { ts: 1772352000, event: 'step_started', step: 'build', user: 'ada' },
    { ts: 1772352001, event: 'run_completed' },
  ],
  'many runs under a name for them': {
    total: 2,
    workflow_runs: [
      { id: 1, status: 'failed' },
      { id: 2, conclusion: 'success' },
    ],
  },
  'many runs in a plain list': {
    data: {
      items: [
        { run_id: 'a', status: 'running' },
        { run_id: 'b', status: 'kaputt' },
      ],
    },
  },
  'nothing of a run': { name: 'settings', colour: 'blue' },
}
