import { createServer } from 'node:http';

createServer((_request, response) => response.end('hello from inside the machine\n')).listen(3000);
