/** The minimum of an Express app for the same response: one route, a fixed body, no authentication. */
import type { AddressInfo } from 'node:net';
import express from 'express';
import { CREDITS } from '../workload.ts';
import { takePart } from './participant.ts';

const answer = {
  mode: 'managed',
  remaining_micro: 1_000_000_000_000_000,
  total_micro: 1_000_000_000_000_000,
  remaining_credits: 1_000_000_000,
  total_credits: 1_000_000_000,
};
const server = express()
  .get(CREDITS.path, (_request, response) => void response.json(answer))
  .listen(0, '127.0.0.1', () => takePart({ port: (server.address() as AddressInfo).port }));
