// A run without a store: nothing is written. Its snapshot is plain JSON that the program keeps where it likes, and begins the
// next run with: what succeeded never runs again, everything else does.
//
//   node snapshot.ts
import { createRunner, defineSteps, type Snapshot } from 'unstuck'

const ran: string[] = []

function workflow(isReportingUp: boolean) {
  return defineSteps({ name: 'figures' })
    .step('load', {
      run: () => {
        ran.push('load')
        return [3, 4, 5]
      },
    })
    .forEach('square', {
      needs: ['load'],
      items: 'steps.load.output',
      parallel: 2,
      run: ({ item }) => Number(item) ** 2,
    })
    .step('report', {
      needs: ['square'],
      run: ({ needs }) => {
        ran.push('report')
        if (!isReportingUp) throw new Error('The report service is down.')
        return `squares ${needs.square.join(' ')}`
      },
    })
}

const first = await createRunner({ workflow: workflow(false) }).run()
console.log(first.status, first.steps['report']?.error?.message)

const kept: string = JSON.stringify(first.steps)
const snapshot: Snapshot = JSON.parse(kept)

const second = createRunner({ workflow: workflow(true), snapshot })
console.log('met already:', Object.keys(second.snapshot()).join(', '))
const { status, outputs } = await second.run()
console.log(status, outputs.report)
console.log('ran:', ran.join(', '))
