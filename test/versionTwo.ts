/** A paused run as version 2 wrote it. */
export const versionTwo = {
  version: 2,
  workflow_id: 'etl-7',
  workflow_name: 'etl',
  workflow_version: '3',
  status: 'paused',
  started_at: 1735812900.5,
  updated_at: 1735813020.5,
  completed_at: null,
  inputs: {},
  variables: { rows: 10 },
  steps: [
    {
      id: 'load',
      status: 'pending',
      attempts: 0,
      result: null,
      error: null,
      started_at: null,
      completed_at: null,
    },
  ],
  branches: {
    active_branches: ['main'],
    completed_branches: [],
    waiting_branches: {},
    branch_results: {},
    parent_child_map: {},
    child_parent_map: {},
  },
  checkpoints: [],
  metadata: {},
}
