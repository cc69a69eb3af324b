// Documents in the public shapes of engines, written for these tests.
export type EngineDocument = {
  readonly engine: string
  readonly document: unknown
  readonly status: string
  readonly steps: Readonly<Record<string, string>>
  readonly id?: string
}

export const engineDocuments: readonly EngineDocument[] = [
  {
    engine: 'Airflow DAG run',
    document: {
      conf: {},
      dag_id: 'nightly_sales',
      dag_run_id: 'scheduled__2026-03-01',
      end_date: '2026-03-01T00:05:12.004+00:00',
      execution_date: '2026-03-01T00:00:00+00:00',
      start_date: '2026-03-01T00:00:02+00:00',
      state: 'failed',
      run_type: 'scheduled',
    },
    id: 'scheduled__2026-03-01',
    status: 'failed',
    steps: {},
  },
  {
    engine: 'Airflow task instances',
    document: {
      task_instances: [
        {
          dag_id: 'nightly_sales',
          task_id: 'extract',
          state: 'success',
          try_number: 1,
          start_date: '2026-03-01T00:00:03+00:00',
          end_date: '2026-03-01T00:01:00+00:00',
          duration: 57,
        },
        {
          dag_id: 'nightly_sales',
          task_id: 'load',
          state: 'upstream_failed',
          try_number: 0,
          start_date: null,
          end_date: null,
          duration: null,
        },
      ],
      total_entries: 2,
    },
    status: 'failed',
    steps: { extract: 'succeeded', load: 'failed' },
  },
  {
    engine: 'Prefect flow run',
    document: {
      id: '0c1e',
      name: 'amber-fox',
      flow_id: '77aa',
      created: '2026-03-01T08:00:00Z',
      updated: '2026-03-01T08:02:00Z',
      start_time: '2026-03-01T08:00:05Z',
      end_time: '2026-03-01T08:02:00Z',
      state_type: 'CRASHED',
      state_name: 'Crashed',
      state: { type: 'CRASHED', name: 'Crashed', message: 'The pod was evicted.' },
    },
    id: '0c1e',
    status: 'failed',
    steps: {},
  },
  {
    engine: 'Temporal history',
    document: {
      events: [
        {
          eventId: '1',
          eventTime: '2026-03-01T08:00:00.000Z',
          eventType: 'EVENT_TYPE_WORKFLOW_EXECUTION_STARTED',
          workflowExecutionStartedEventAttributes: { workflowType: { name: 'Order' } },
        },
        {
          eventId: '2',
          eventTime: '2026-03-01T08:00:01.000Z',
          eventType: 'EVENT_TYPE_WORKFLOW_TASK_COMPLETED',
        },
        {
          eventId: '5',
          eventTime: '2026-03-01T08:00:02.000Z',
          eventType: 'EVENT_TYPE_ACTIVITY_TASK_SCHEDULED',
          activityTaskScheduledEventAttributes: { activityType: { name: 'Charge' } },
        },
        {
          eventId: '6',
          eventTime: '2026-03-01T08:00:03.000Z',
          eventType: 'EVENT_TYPE_ACTIVITY_TASK_FAILED',
          activityTaskFailedEventAttributes: {
            scheduledEventId: '5',
            failure: { message: 'card declined' },
          },
        },
        {
          eventId: '7',
          eventTime: '2026-03-01T08:00:04.000Z',
          eventType: 'EVENT_TYPE_WORKFLOW_EXECUTION_FAILED',
        },
      ],
    },
    status: 'failed',
    steps: { Charge: 'failed' },
  },
  {
    engine: 'Step Functions execution',
    document: {
      executionArn: 'arn:aws:states:eu-west-1:1:execution:Pay:7',
      stateMachineArn: 'arn:aws:states:eu-west-1:1:stateMachine:Pay',
      name: '7',
      status: 'TIMED_OUT',
      startDate: 1772352000.125,
      stopDate: 1772355600.5,
      error: 'States.Timeout',
    },
    status: 'failed',
    steps: {},
  },
  {
    engine: 'Step Functions history',
    document: {
      events: [
        { timestamp: 1772352000.1, type: 'ExecutionStarted', id: 1, previousEventId: 0 },
        {
          timestamp: 1772352000.2,
          type: 'TaskStateEntered',
          id: 2,
          stateEnteredEventDetails: { name: 'Reserve' },
        },
        {
          timestamp: 1772352001.2,
          type: 'TaskStateExited',
          id: 3,
          stateExitedEventDetails: { name: 'Reserve' },
        },
        {
          timestamp: 1772352002.2,
          type: 'TaskStateEntered',
          id: 4,
          stateEnteredEventDetails: { name: 'Charge' },
        },
        {
          timestamp: 1772352003.2,
          type: 'ExecutionFailed',
          id: 5,
          executionFailedEventDetails: { error: 'Declined' },
        },
      ],
    },
    status: 'failed',
    steps: { Reserve: 'succeeded', Charge: 'failed' },
  },
  {
    engine: 'Argo Workflows',
    document: {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Workflow',
      metadata: { name: 'build-x7', uid: 'u-1', creationTimestamp: '2026-03-01T08:00:00Z' },
      spec: { entrypoint: 'main', templates: [{ name: 'main' }] },
      status: {
        phase: 'Running',
        startedAt: '2026-03-01T08:00:01Z',
        finishedAt: null,
        nodes: {
          'build-x7-1': {
            id: 'build-x7-1',
            displayName: 'compile',
            type: 'Pod',
            phase: 'Succeeded',
            startedAt: '2026-03-01T08:00:02Z',
            finishedAt: '2026-03-01T08:00:09Z',
          },
          'build-x7-2': {
            id: 'build-x7-2',
            displayName: 'test',
            type: 'Pod',
            phase: 'Running',
            startedAt: '2026-03-01T08:00:10Z',
            finishedAt: null,
          },
        },
      },
    },
    status: 'running',
    steps: { 'build-x7-1': 'succeeded', 'build-x7-2': 'running' },
  },
  {
    engine: 'GitHub Actions job',
    document: {
      id: 9001,
      run_id: 77,
      status: 'completed',
      conclusion: 'failure',
      name: 'build',
      created_at: '2026-03-01T08:00:00Z',
      started_at: '2026-03-01T08:00:04Z',
      completed_at: '2026-03-01T08:03:00Z',
      steps: [
        {
          name: 'Set up job',
          status: 'completed',
          conclusion: 'success',
          number: 1,
          started_at: '2026-03-01T08:00:04Z',
          completed_at: '2026-03-01T08:00:06Z',
        },
        {
          name: 'Test',
          status: 'completed',
          conclusion: 'failure',
          number: 2,
          started_at: '2026-03-01T08:00:06Z',
          completed_at: '2026-03-01T08:02:58Z',
        },
        {
          name: 'Upload',
          status: 'completed',
          conclusion: 'skipped',
          number: 3,
          started_at: null,
          completed_at: null,
        },
      ],
    },
    id: '77',
    status: 'failed',
    steps: { Set_up_job: 'succeeded', Test: 'failed', Upload: 'skipped' },
  },
  {
    engine: 'n8n execution',
    document: {
      id: '231',
      finished: false,
      mode: 'trigger',
      status: 'error',
      startedAt: '2026-03-01T08:00:00.000Z',
      stoppedAt: '2026-03-01T08:00:03.000Z',
      workflowId: 'w9',
      data: {
        resultData: {
          lastNodeExecuted: 'HTTP',
          runData: {
            Start: [{ startTime: 1772352000000, executionTime: 1, executionStatus: 'success' }],
            HTTP: [
              {
                startTime: 1772352000100,
                executionTime: 2800,
                executionStatus: 'error',
                error: { message: '502 Bad Gateway' },
              },
            ],
          },
        },
      },
    },
    id: '231',
    status: 'failed',
    steps: { Start: 'succeeded', HTTP: 'failed' },
  },
  {
    engine: 'LangGraph state snapshot',
    document: {
      values: { messages: [] },
      next: ['review'],
      config: { configurable: { thread_id: 't1', checkpoint_id: 'c3' } },
      metadata: { source: 'loop', step: 3 },
      created_at: '2026-03-01T08:00:00.123456+00:00',
      tasks: [{ id: 'a1', name: 'review', error: null, interrupts: [] }],
    },
    status: 'paused',
    steps: { review: 'pending' },
  },
  {
    engine: 'Celery result',
    document: {
      status: 'FAILURE',
      result: { exc_type: 'ValueError', exc_message: ['bad'] },
      traceback: 'Traceback: ValueError',
      children: [],
      date_done: '2026-03-01T08:00:00.123456',
      task_id: 'b7c1',
    },
    id: 'b7c1',
    status: 'failed',
    steps: {},
  },
  {
    engine: 'BullMQ job',
    document: {
      id: '42',
      name: 'mail',
      data: { to: 'a@b' },
      opts: { attempts: 3 },
      progress: 0,
      attemptsMade: 3,
      timestamp: 1772352000000,
      processedOn: 1772352000100,
      finishedOn: 1772352001000,
      failedReason: 'connect ECONNREFUSED',
      stacktrace: [],
      returnvalue: null,
    },
    id: '42',
    status: 'failed',
    steps: {},
  },
]
