/** What the sample workspace holds besides its runs: three workflows, and documents of versions 1 and 2. */
export const sampleFiles: Readonly<Record<string, string>> = {
  'workflows/nightly-report.yaml': `# Reads a database that may be down: \`load\` is tried three times.
name: nightly-report
version: "1"
inputs:
  database: up
steps:
  extract:
    run: |
      echo "reading 3 tables"
      echo '{ "rows": 1284, "tables": ["orders", "refunds", "stock"] }' > "$UNSTUCK_OUTPUT"
    sideEffects: none
  transform:
    run: echo "1284 rows, 3 tables, 0 rejected"
    needs: [extract]
    sideEffects: none
  load:
    run: |
      echo "connecting to reports-db:5432" >&2
      if grep -q '"down"' "$UNSTUCK_INPUTS"; then
        echo "connection refused (reports-db:5432)" >&2
        exit 7
      fi
      echo "1284 rows written"
    needs: [transform]
    retry: { attempts: 3, delay: 200ms, backoff: exponential }
    sideEffects: idempotent
  publish:
    run: echo "report published"
    needs: [load]
    sideEffects: external
`,
  'workflows/order-fulfilment.yaml': `# The first attempt to charge hangs at the payment gateway: the host was killed while it waited.
name: order-fulfilment
version: "2"
inputs:
  order: A-1042
steps:
  fetch-order:
    run: |
      echo fetch-order >> ledger.txt
      echo '{ "order": "A-1042", "total": 129.9, "currency": "EUR" }' > "$UNSTUCK_OUTPUT"
    sideEffects: none
  validate:
    run: echo validate >> ledger.txt; echo "address and items are valid"
    needs: [fetch-order]
    sideEffects: none
  reserve-stock:
    run: echo reserve-stock >> ledger.txt; echo "2 items reserved"
    needs: [validate]
    sideEffects: idempotent
  check-fraud:
    run: echo check-fraud >> ledger.txt; echo "risk 0.02"
    needs: [validate]
    sideEffects: none
  charge-card:
    title: Charge the customer's card
    run: |
      echo "charging EUR 129.90 with key $UNSTUCK_IDEMPOTENCY_KEY"
      echo charge-card >> ledger.txt
      echo "waiting for the payment gateway"
      if [ "$UNSTUCK_ATTEMPT" = 1 ]; then sleep 30; fi
      echo "charged"
    needs: [reserve-stock, check-fraud]
    sideEffects: external
  print-label:
    run: echo print-label >> ledger.txt; echo "label 00340434"
    needs: [charge-card]
    sideEffects: idempotent
  send-receipt:
    run: echo send-receipt >> ledger.txt; echo "receipt sent"
    needs: [charge-card]
    sideEffects: external
  close-order:
    run: echo close-order >> ledger.txt; echo "order A-1042 closed"
    needs: [print-label, send-receipt]
    sideEffects: idempotent
`,
  'workflows/refund.yaml': `# Waits for a person: nothing is paid back before somebody approves.
name: refund
version: "1"
inputs:
  order: A-1017
  amount: 54.5
steps:
  check-order:
    run: echo "paid and delivered"
    sideEffects: none
  approve-refund:
    needs: [check-order]
    gate:
      message: Pay EUR 54.50 back for order A-1017?
  pay-back:
    run: echo "EUR 54.50 paid back with key $UNSTUCK_IDEMPOTENCY_KEY"
    needs: [approve-refund]
    sideEffects: external
  tell-customer:
    run: echo "customer told"
    needs: [pay-back]
    sideEffects: idempotent
`,
  'runs/deploy-20250102-101500.json': `{
  "workflow_id": "deploy-20250102-101500", "workflow_name": "deploy", "workflow_version": "1.2.0", "status": "failed", "current_state": "migrate", "started_at": "2025-01-02T10:15:00Z",
  "updated_at": "2025-01-02T10:16:30Z", "completed_at": null, "inputs": { "env": "staging" },
  "states": {
    "build": { "status": "completed", "output": "ok", "exit_code": 0, "started_at": "2025-01-02T10:15:01Z", "completed_at": "2025-01-02T10:15:40Z" },
    "migrate": { "status": "failed", "output": "", "error": "timeout", "exit_code": 124, "attempt": 2, "started_at": "2025-01-02T10:15:41Z", "completed_at": "2025-01-02T10:16:30Z" }
  }
}
`,
  'runs/etl-7.json': `{
  "version": 2, "workflow_id": "etl-7", "workflow_name": "etl", "workflow_version": "3", "status": "paused", "started_at": 1735812900.0, "updated_at": 1735813020.5, "completed_at": null, "inputs": {}, "variables": { "rows": 10 },
  "steps": [
    { "id": "extract", "status": "success", "attempts": 1, "result": { "rows": 10 }, "error": null, "started_at": 1735812901.0, "completed_at": 1735812950.25 },
    { "id": "load", "status": "pending", "attempts": 0, "result": null, "error": null, "started_at": null, "completed_at": null }
  ],
  "branches": { "active_branches": ["main"], "completed_branches": [], "waiting_branches": {}, "branch_results": {}, "parent_child_map": {}, "child_parent_map": {} },
  "checkpoints": [ { "id": "cp-1", "step": "extract", "trigger": "every_step", "progress": 50.0, "timestamp": 1735812950.3 } ],
  "metadata": { "owner": "data" }
}
`,
}
