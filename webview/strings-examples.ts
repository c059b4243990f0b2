/**
 * The empty playground: what a comparison of the task shows, and one example for each situation that people compare for.
 */
import type { Task } from '../src/core/catalog/model';
import { taskInputs } from '../src/core/catalog/task-inputs';
import type { Example } from './strings-inputs';

const longNotes = Array.from(
  { length: 24 },
  (_, week) =>
    `Week ${week + 1}: ${['shipped the importer', 'fixed retries in the queue', 'moved images to R2', 'cut cold starts by a third'][week % 4]}; ` +
    `${['two incidents, both DNS', 'no incident', 'one rollback after a bad migration', 'support asked for exports'][(week * 3) % 4]}; ` +
    `${40 + ((week * 17) % 53)} tickets closed, p95 latency ${180 + ((week * 29) % 140)} ms.`,
).join('\n');

const leads: Readonly<Partial<Record<Task, string>>> = {
  'text-generation': 'Compare time to first token, speed and cost. Start with an example:',
  'text-to-image': 'One prompt, several pictures: compare time to image and cost per image.',
  'image-to-image': 'One picture, changed by several models: compare time to image and cost per image.',
  'text-to-video': 'One prompt, several videos: compare run time and cost per second.',
  'image-to-video': 'One picture, set in motion by several models: compare run time and cost per second.',
  'video-to-video': 'One video, changed by several models: compare run time and cost per second.',
  'text-to-speech': 'One text, several voices: compare time to first audio and cost.',
  'speech-recognition': 'One recording, several transcripts: compare words, speed and cost per minute.',
  'music-generation': 'One description, several pieces of music: compare run time and cost.',
  embeddings: 'The same texts, several models: compare similarities, speed and cost.',
  reranking: 'One query and its documents, several rankings: compare order and cost.',
  translation: 'One text, several translations: compare words, time and cost.',
  summarization: 'One text, several summaries: compare words, time and cost.',
  'text-classification': 'One text, several judgements: compare labels, time and cost.',
  'image-classification': 'One picture, several judgements: compare labels, time and cost.',
  'object-detection': 'One picture: compare the boxes that several models find in it.',
  'image-to-text': 'One picture, several descriptions: compare words, time and cost.',
  'turn-detection': 'One recording: compare how sure several models are that the speaker is done.',
};

/** What is compared, in a sentence. */
export function leadOf(task: Task): string {
  return leads[task] ?? 'The same input, several models, side by side.';
}

/** What the columns have in common. */
export function emptyTitleOf(task: Task): string {
  const { prompt, texts } = taskInputs(task);
  return prompt === 'required' && !texts
    ? 'One prompt, several models, side by side'
    : 'One input, several models, side by side';
}

/** Three for each task that the playground runs. Those of media tasks say what to attach. */
export const examples: Readonly<Record<Task, readonly Example[]>> = {
  'text-generation': [
    {
      title: 'Classify fast',
      about: 'Short answer: time to first token decides',
      icon: 'zap',
      system: 'Answer with one word: billing, bug, praise or other.',
      prompt: 'I was charged twice for October and the invoice page shows an error when I open it.',
    },
    {
      title: 'Reason hard',
      about: 'Thinking time and its price',
      icon: 'lightbulb',
      prompt:
        'Three switches stand outside a closed room with three lamps. You may flip switches as you like, but enter the room once. ' +
        'How do you find out which switch belongs to which lamp? Now with four switches and four lamps: is once still enough? Explain step by step.',
    },
    {
      title: 'Long context',
      about: 'Input tokens dominate the cost',
      icon: 'book',
      prompt: `Summarise these weekly notes in five bullets, then name the week with the worst p95 latency.\n\n${longNotes}`,
    },
  ],
  'text-to-image': [
    {
      title: 'Product shot',
      about: 'Plain background, sharp edges',
      icon: 'device-camera',
      prompt: 'A small orange ceramic teapot on a pale grey table, soft window light, product photography',
    },
    {
      title: 'Diagram',
      about: 'Straight lines and legible text',
      icon: 'type-hierarchy',
      prompt:
        'A clean isometric diagram of a request travelling from a laptop through a gateway to three model servers',
    },
    {
      title: 'Illustration',
      about: 'Style and composition',
      icon: 'paintcan',
      prompt: 'A lighthouse on a cliff at dusk, flat vector illustration, four colours',
    },
  ],
  'image-to-image': [
    {
      title: 'Change the style',
      about: 'Attach a photograph; its layout should stay',
      icon: 'paintcan',
      prompt: 'The same scene as a watercolour on rough paper, muted colours',
    },
    {
      title: 'Repaint a part',
      about: 'Attach a picture, then paint a mask on it',
      icon: 'edit',
      prompt: 'A vase with yellow tulips',
    },
    {
      title: 'Change the light',
      about: 'Attach a picture of a room or a street',
      icon: 'lightbulb',
      prompt: 'The same place at night after rain, lit by street lamps, wet reflections',
    },
  ],
  'text-to-video': [
    {
      title: 'Camera move',
      about: 'Steady motion, nothing melts',
      icon: 'device-camera-video',
      prompt: 'A slow dolly shot along a wooden pier at sunrise towards a small lighthouse, calm sea, soft mist',
    },
    {
      title: 'Physics',
      about: 'Water, weight and contact',
      icon: 'beaker',
      prompt: 'A glass of water is filled to the brim on a marble counter, close up, natural light',
    },
    {
      title: 'Logo sting',
      about: 'Short and graphic',
      icon: 'symbol-color',
      prompt: 'An orange cloud made of paper folds itself out of a flat sheet on a white table, top view, stop motion',
    },
  ],
  'image-to-video': [
    {
      title: 'Bring it to life',
      about: 'Attach a picture: it is the first frame',
      icon: 'play-circle',
      prompt: 'A light wind moves leaves and clothes, the camera pushes in slowly',
    },
    {
      title: 'From here to there',
      about: 'Attach two pictures and make one the end frame',
      icon: 'arrow-swap',
      prompt: 'A smooth change from the first picture to the last, one continuous camera move',
    },
    {
      title: 'Product turn',
      about: 'Attach a product on a plain background',
      icon: 'sync',
      prompt: 'The object turns once around its own axis on a turntable, studio light, nothing else moves',
    },
  ],
  'video-to-video': [
    {
      title: 'Change the style',
      about: 'Attach a short video',
      icon: 'paintcan',
      prompt: 'The same movements as a hand-drawn pencil animation',
    },
    {
      title: 'Change the season',
      about: 'Attach a video from outdoors',
      icon: 'globe',
      prompt: 'The same place in deep winter, snow on the ground and in the air',
    },
    {
      title: 'Change the time',
      about: 'Attach a street scene',
      icon: 'history',
      prompt: 'The same street in the 1920s, black and white film with grain',
    },
  ],
  'text-to-speech': [
    {
      title: 'Announcement',
      about: 'Short: time to first audio decides',
      icon: 'megaphone',
      prompt: 'Your order is ready. Please collect it at counter four.',
    },
    {
      title: 'Names and numbers',
      about: 'Dates, sums and abbreviations read aloud',
      icon: 'symbol-numeric',
      prompt:
        'Dr. Nguyen will see you on Tuesday, 3 March at 9:45 a.m. in room B12. The fee is $1,280.50; call +44 20 7946 0018 to cancel.',
    },
    {
      title: 'Story',
      about: 'A longer text, with feeling',
      icon: 'book',
      prompt:
        'Nobody had rung the bell of the old lighthouse for thirty years. So when it sounded that night, once, clear and low, the whole village was awake before the echo was gone. "That," said Marta, "was not the wind."',
    },
  ],
  'speech-recognition': [
    {
      title: 'Dictation',
      about: 'Read the reference sentence aloud, and count word errors',
      icon: 'mic',
      prompt: '',
      reference: 'The quick brown fox jumps over the lazy dog while five wizards box quietly.',
    },
    {
      title: 'Meeting',
      about: 'Attach a recording with several speakers',
      icon: 'organization',
      prompt: '',
    },
    {
      title: 'Names and numbers',
      about: 'Read the reference sentence aloud: who writes it down right?',
      icon: 'symbol-numeric',
      prompt: '',
      reference: 'Please move invoice 4711 for Siobhan to the thirtieth of November at a quarter to nine.',
    },
  ],
  'music-generation': [
    {
      title: 'Background',
      about: 'Calm and even, without a voice',
      icon: 'unmute',
      prompt: 'Calm lo-fi beat, warm electric piano, soft vinyl noise, 80 bpm, no vocals',
    },
    {
      title: 'Jingle',
      about: 'Short, with a clear end',
      icon: 'megaphone',
      prompt: 'Bright five-second jingle for a podcast about cooking, ukulele, hand claps, a clear final chord',
    },
    {
      title: 'Film scene',
      about: 'Grows over time',
      icon: 'device-camera-video',
      prompt: 'Orchestral film music that begins with one lonely cello and grows into a hopeful full orchestra',
    },
  ],
  embeddings: [
    {
      title: 'Same meaning',
      about: 'Which sentences mean the same?',
      icon: 'symbol-array',
      prompt: 'How do I reset my password?',
      texts: [
        'I forgot my login and need a new one.',
        'Where can I change my billing address?',
        'The invoice shows the wrong street.',
        'Is there a dark theme?',
      ],
    },
    {
      title: 'Two languages',
      about: 'The same sentence in English and German',
      icon: 'globe',
      prompt: 'The train to Hamburg leaves at nine.',
      texts: [
        'Der Zug nach Hamburg fährt um neun Uhr ab.',
        'The library closes at nine.',
        'Die Bibliothek schließt um neun Uhr.',
      ],
    },
    {
      title: 'One word, two senses',
      about: 'Banks of rivers and of money',
      icon: 'book',
      prompt: 'She sat on the bank and watched the boats.',
      texts: [
        'The bank raised its interest rates.',
        'Reeds grow along the river.',
        'He opened a savings account.',
        'They moored the boat at the shore.',
      ],
    },
  ],
  reranking: [
    {
      title: 'Help pages',
      about: 'Which page answers the question?',
      icon: 'question',
      prompt: 'Why was my card declined?',
      texts: [
        'Cards are declined when the bank asks for a second confirmation and none is given.',
        'You can pay by card, transfer or PayPal.',
        'To change your card, open Billing and choose Payment methods.',
        'Our offices are closed on public holidays.',
      ],
    },
    {
      title: 'Negation',
      about: 'Words match, meaning does not',
      icon: 'circle-slash',
      prompt: 'Dishes without nuts',
      texts: [
        'Nut roast with walnuts and almonds.',
        'Tomato soup with basil. Free of nuts, milk and gluten.',
        'Pad Thai with peanuts; also to be had without peanuts.',
        'Grilled trout with potatoes and lemon.',
      ],
    },
    {
      title: 'Code search',
      about: 'A question and four functions',
      icon: 'code',
      prompt: 'Retry a request with a growing delay',
      texts: [
        'async function backoff(send, attempts) { for (let n = 0; n < attempts; n++) { try { return await send(); } catch { await sleep(2 ** n * 100); } } }',
        'function sleep(ms) { return new Promise((resolve) => setTimeout(resolve, ms)); }',
        'async function getJson(url) { return (await fetch(url)).json(); }',
        'function debounce(fn, ms) { let timer; return () => { clearTimeout(timer); timer = setTimeout(fn, ms); }; }',
      ],
    },
  ],
  translation: [
    {
      title: 'Everyday',
      about: 'Short and idiomatic',
      icon: 'comment',
      prompt: "It's raining cats and dogs, so let's call it a day.",
    },
    {
      title: 'Interface',
      about: 'Placeholders and tone must survive',
      icon: 'symbol-string',
      prompt: 'You have {count} unsaved changes in {file}. Save them before you close the window?',
    },
    {
      title: 'Contract',
      about: 'Long sentences, exact words',
      icon: 'law',
      prompt:
        'The licensee shall not, without the prior written consent of the licensor, which shall not be unreasonably withheld, assign this agreement in whole or in part.',
    },
  ],
  summarization: [
    {
      title: 'Weekly notes',
      about: 'Many figures, few of them matter',
      icon: 'calendar',
      prompt: longNotes,
    },
    {
      title: 'Incident',
      about: 'Cause, effect and what follows',
      icon: 'flame',
      prompt:
        'At 09:12 UTC a deployment changed the cache key of product pages. Within four minutes the hit rate fell from 94 to 11 percent and the database reached its connection limit. Checkout failed for about a third of customers until the change was rolled back at 09:41. Caches were warm again at 10:05. The review found that the load test had run against a warm cache. From now on, changes to cache keys are rolled out to one region first, and an alarm watches the hit rate.',
    },
    {
      title: 'Mail thread',
      about: 'Who wants what, and by when',
      icon: 'mail',
      prompt:
        'Ana: Can we ship the export on Friday? Ben: The CSV part yes, PDF needs another week, the fonts are not licensed yet. Ana: Customers ask for CSV only, so ship that. Who tells support? Chris: I do, by Thursday noon. Ben, please send me two screenshots. Ben: Will do tomorrow.',
    },
  ],
  'text-classification': [
    {
      title: 'Clear',
      about: 'One plain feeling',
      icon: 'thumbsup',
      prompt: 'The best keyboard I ever had, and it arrived a day early.',
    },
    {
      title: 'Irony',
      about: 'The words are kind, the meaning is not',
      icon: 'comment',
      prompt: 'Oh great, another update that moves every button. Just what I needed.',
    },
    {
      title: 'Mixed',
      about: 'Praise and blame in one sentence',
      icon: 'arrow-swap',
      prompt: 'The screen is wonderful, but the battery barely lasts until lunch.',
    },
  ],
  'image-classification': [
    { title: 'One thing', about: 'Attach a picture of a single object', icon: 'file-media', prompt: '' },
    {
      title: 'Close relatives',
      about: 'Attach a dog, a bird or a mushroom: which one is it?',
      icon: 'eye',
      prompt: '',
    },
    { title: 'Odd angle', about: 'Attach a thing seen from above or behind', icon: 'sync', prompt: '' },
  ],
  'object-detection': [
    { title: 'Street', about: 'Attach a street scene: many kinds of things', icon: 'organization', prompt: '' },
    { title: 'Crowd', about: 'Attach many things of one kind: are they all found?', icon: 'symbol-array', prompt: '' },
    { title: 'Small things', about: 'Attach a picture with things far away', icon: 'zoom-in', prompt: '' },
  ],
  'image-to-text': [
    {
      title: 'Describe',
      about: 'Attach any picture',
      icon: 'file-media',
      prompt: 'Describe the picture in one sentence for somebody who cannot see it.',
    },
    {
      title: 'Read',
      about: 'Attach a receipt, a sign or a screenshot',
      icon: 'symbol-string',
      prompt: 'Write down all text in the picture, line by line.',
    },
    {
      title: 'Count',
      about: 'Attach a picture with several things of one kind',
      icon: 'symbol-numeric',
      prompt: 'How many people are in the picture, and what does each of them do?',
    },
  ],
  'turn-detection': [
    { title: 'Done', about: 'Record a finished sentence', icon: 'mic', prompt: '' },
    { title: 'Not done', about: 'Record a sentence that breaks off', icon: 'debug-pause', prompt: '' },
    { title: 'Thinking', about: 'Record a sentence with a long pause in it', icon: 'watch', prompt: '' },
  ],
  realtime: [],
  other: [],
};
