import { it } from 'vitest';
import { openWindow } from './window';
it('x', async () => {
  const w = await openWindow({ settings: { 'unifiedInference.apiBaseUrl': 'http://127.0.0.1:1/x', 'unifiedInference.gatewayId': 'g' } });
  for (let i = 0; i < 3; i++) {
  console.log(await w.host().call((vscode) => { const c = vscode.workspace.getConfiguration('unifiedInference'); return [vscode.workspace.isTrusted, c.inspect('apiBaseUrl'), c.inspect('gatewayId'), vscode.workspace.getConfiguration('workbench').inspect('startupEditor'),vscode.workspace.getConfiguration('security').inspect('workspace.trust.enabled')]; }));
  await new Promise((r) => setTimeout(r, 1000)); }
  await w.close();
});
