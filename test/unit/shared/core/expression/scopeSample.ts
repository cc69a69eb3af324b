import type { Scope } from '../../../../../shared/core/expression/scope.ts'

/** What expressions of the tests look at. */
export const scope: Scope = {
  inputs: { price: 9.5, count: 7, name: 'ada', list: [1, 2, 3], map: { a: null, b: true } },
  variables: { region: 'eu' },
  run: { id: 'deploy-1', workflow: 'deploy', version: null },
  steps: {
    build: {
      status: 'succeeded',
      output: { url: 'https://x.test', items: [{ n: 1 }, { n: 2 }] },
      error: null,
      attempts: 1,
    },
    'run-tests': {
      status: 'failed',
      output: null,
      error: { name: 'ExitCode', message: 'It ended with 2.', code: '2' },
      attempts: 3,
    },
  },
  needs: ['succeeded', 'failed'],
}
