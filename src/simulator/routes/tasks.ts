/**
 * Which route answers which task, of models that do not chat.
 */
import { success } from '../envelope';
import { jsonReply, type Reply } from '../exchange';
import { nativeEmbeddings, rerank } from './embedding';
import { hostedImage, thirdPartyImage } from './image';
import { isHosted, type Job } from './job';
import { classifyImage, describeImage, detectObjects } from './sight';
import { hostedSpeech, thirdPartyMusic, thirdPartySpeech } from './speech';
import { detectTurn, transcribe } from './transcript';
import { thirdPartyVideo } from './video';
import { classifyText, summarize, translateText } from './words';

/** Answers a request for anything but text generation. `isForm`: it came as a form. Throws a `Refusal` (400). */
export async function answerTask(job: Job, isForm: boolean): Promise<Reply> {
  const { sim, fields } = job;
  switch (sim.model.task) {
    case 'text-to-image':
    case 'image-to-image':
      return isHosted(sim) ? hostedImage(job, isForm) : thirdPartyImage(job);
    case 'text-to-video':
    case 'image-to-video':
    case 'video-to-video':
      return thirdPartyVideo(job);
    case 'text-to-speech':
      return isHosted(sim) ? hostedSpeech(job) : thirdPartySpeech(job);
    case 'music-generation':
      return thirdPartyMusic(job);
    case 'speech-recognition':
      return transcribe(job);
    case 'turn-detection':
      return detectTurn(job);
    case 'embeddings':
      return nativeEmbeddings(sim, fields);
    case 'reranking':
      return rerank(sim, fields);
    case 'translation':
      return translateText(job);
    case 'summarization':
      return summarize(job);
    case 'text-classification':
      return classifyText(job);
    case 'image-classification':
      return classifyImage(job);
    case 'object-detection':
      return detectObjects(job);
    case 'image-to-text':
      return describeImage(job);
    case 'other':
      return answerOther(job);
    case 'realtime':
      throw fields.refuse(`${sim.model.id} needs a WebSocket, which the simulator does not offer`);
    case 'text-generation':
      throw fields.refuse('a prompt or messages are missing');
  }
}

/** Models without a task that we know: by their name pictures and videos, else JSON as no one has seen before. */
function answerOther(job: Job): Reply | Promise<Reply> {
  const { id, hosting } = job.sim.model;
  if (hosting !== 'hosted' && /image/.test(id)) return thirdPartyImage(job);
  if (hosting !== 'hosted' && /kling|video/.test(id)) return thirdPartyVideo(job);
  const answer = {
    simulated: `No model ran in place of ${id}.`,
    prompt: job.fields.raw('prompt') ?? null,
    confidence: 0.5,
  };
  return jsonReply(200, success(answer), { at: job.sim.pace.latency });
}
