import { checkCommand } from './lib/check-command.ts';

process.exitCode = await checkCommand(process.argv.slice(2), (text) => console.log(text));
