import express, { type Express } from 'express';
import type { Receiver } from '@gateway-sync/events';
import { toNodeHandler } from '@gateway-sync/events/node';

export const makeApp = (receiver: Receiver): Express =>
  express()
    .use('/hooks', toNodeHandler(receiver)) // in front of express.json(), which keeps nothing of the bytes
    .use(express.json());
