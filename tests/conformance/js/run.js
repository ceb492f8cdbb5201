// Runs one scenario against a node and prints what it saw as one line of JSON.
// usage: node run.js SCENARIO   with GRID_TARGET, GRID_KEY and GRID_PROTOS in the environment
'use strict';

const name = process.argv[2];
const scenario = require(`./scenarios/${name}.js`);

const watchdog = setTimeout(() => {
  console.error(`scenario ${name} did not end`);
  process.exit(3);
}, 50000);

scenario().then(
  (seen) => {
    clearTimeout(watchdog);
    console.log(JSON.stringify(seen));
    process.exit(0);
  },
  (error) => {
    console.error(error);
    process.exit(2);
  });
