import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from './projectFolder.js';
import { type Report, withProgress } from './progress.js';
import type { Supervisor } from './supervisor.js';

const programs = [
  { file: 'temporal-server', module: 'go.temporal.io/server/cmd/server' },
  { file: 'temporal-sql-tool', module: 'go.temporal.io/server/cmd/tools/sql' },
  { file: 'temporal-ui', module: 'github.com/temporalio/ui-server/v2/cmd/server' },
] as const;

/**
 * Builds the Temporal server, its schema tool and its UI from the pinned module file in `stack/temporal/`. It needs
 * the Go command and a module proxy; a Go that is too old fetches the right one by itself (GOTOOLCHAIN=auto, Go's
 * own default, which we leave as it is set).
 * @throws StackError with the last lines of Go's output.
 */
export async function buildFromSource(supervisor: Supervisor, folder: string, report: Report): Promise<void> {
  const module = await mkdtemp(join(tmpdir(), 'yizheng-go-'));
  try {
    for (const name of ['go.mod', 'go.sum']) {
      await copyFile(join(projectFolder(), 'stack', 'temporal', name), join(module, name));
    }
    for (const { file, module: source } of programs) {
      const build = supervisor.run({
        name: `go build of ${file}`,
        file: 'go',
        args: ['build', '-trimpath', '-ldflags=-s -w', '-o', join(folder, file), source],
        folder: module,
        // No C compiler is needed, as in the official release. A workspace of the developer's is not ours.
        environment: { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' },
      });
      await withProgress(report, `Building ${file} from source (once; some minutes in all)`, build);
    }
  } finally {
    await rm(module, { recursive: true, force: true });
  }
}
