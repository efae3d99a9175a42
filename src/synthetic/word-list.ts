/** Words to write: common English, French and German ones, shared out over the parts by a fixed rule. */
import type { Rng } from '../base/rng.ts';
import type { Part } from './font-library.ts';

const WORDS =
  `about above after again air all along also always and animal answer any apple are around ask autumn away
back bean because bed been before began behind being below best better between big bird black blue boat body book both
bread bring brother brown build but cake call came can car carry change child church city clear close cloud coffee cold
colour come could country cover cross cut dark daughter day dear deep did different dinner doctor does dog door down
draw dream dry each early earth east easy eat eight end enough even evening every eye face fall family far farm fast
father feel feet few field find fire first fish five flower follow food foot for forest form found four friend from
full garden gave get girl give glass gold gone good grandmother great green ground group grow had half hand happy hard
has hat have head hear heart heavy help her here high hill him his hold home horse hot hour house how hundred ice idea
important inch island its jump just keep kind king kitchen know lake lamp land language large last late laugh lead
leaf learn leave left less let letter life light like line list listen little live long look lost love low machine
made main make man many map mark market may mean measure meet milk mile mind minute money month moon more morning most
mother mountain move much music must name near need never new next night nine north nothing notice now number ocean
off often old once one only open orange order other our out over own page paper part pass pattern people perhaps
person picture piece place plain plan plant play please point poor power present press problem pull put queen question
quick quiet rain ran read ready real red remember rest right river road rock room round rule run said same saw say
school sea season second see seem sentence set seven several shall she ship shop short should show side sign silver
simple since sing sister six sleep slow small snow soft some song soon sound south space spell spring stand star start
state stay step still stone stood stop story street strong study such summer sun sure surface table take talk tall
tea teach tell ten than thank that the their them then there these they thing think this those though thought thousand
three through time today together told too took top toward town train travel tree true try turn twelve two under until
upon use usual valley very village voice voyage wait walk wall want warm was watch water wave way week weight well
went were west what wheel when where which while white who whole why wide wife will wind window winter wish with woman
wonder wood word work world would write year yellow yes yesterday yet you young your aimer ainsi alors ami amour ans
apporter aucun aujourd avant avec avoir beaucoup bien bientot bonheur bonjour campagne cause celui cent cette chaque
chemin cher chose comme compte coeur courage cours dans demain depuis dernier deux dire donc donner embrasse encore
enfant entre envoyer espoir esprit famille femme fille fils fort frere grand guerre heure heureux jamais jour jusque
lettre lieu longtemps lorsque madame maison matin meilleur mere mettre mieux moment monde monsieur mort nouvelle
nuit parce parents parler pays pendant penser pere petit peut plaisir porter pour pouvoir premier prendre quand quatre
rien sante semaine sera servir soeur soir soldat somme souvenir temps toujours tous tout travail trouver venir vers
ville vivre voici voir vous vrai abend aber alle alles anfang arbeit auch aufgabe augen baum bekannt berg bild bitte
blume brief bruder brunnen buch danke dann darum deutlich diese doch dorf durch ecke eigen einmal eltern ende erde
erste essen fenster feuer finden frage frau freude freund frieden garten geben gegen gehen gemacht gestern gesund
gewesen glaube gleich gut haben hand haus heim herz heute himmel hinter immer jahr jemand jetzt kaffee kind kirche
klein kommen kraft kuchen land lang leben leicht lernen letzte licht lieben liegen machen mensch mittag morgen mutter
nach nacht nehmen nichts oben ofen ohne platz regen reise richtig ruhe sache sagen schnee schon schreiben schule
schwer sehen sehr seite sommer sonne sonntag spiel sprache stadt stein stimme stunde suchen tage tief tisch tochter
traum treppe unter vater viel vogel vom wagen wald wasser weg wein welt wenig werden wetter wieder wind wissen woche
wohl wolke wort wunder zahl zeit ziel zimmer zucker zug zwei`.split(/\s+/);

/** Which part a word belongs to: by a fixed scramble of its letters, 70 : 15 : 15. */
function partOfWord(word: string): Part {
  let hash = 2166136261;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 16777619);
  const share = ((hash ^ (hash >>> 15)) >>> 0) % 100;
  return share < 70 ? 'train' : share < 85 ? 'validation' : 'test';
}

const BY_PART: Readonly<Record<Part, readonly string[]>> = (() => {
  const unique = [...new Set(WORDS)];
  const of = (part: Part): readonly string[] => unique.filter((word) => partOfWord(word) === part);
  return { train: of('train'), validation: of('validation'), test: of('test') };
})();

/** Words of a part; no word is in two parts. */
export function wordsOf(part: Part): readonly string[] {
  return BY_PART[part];
}

/** Running text of a part: words, one in eight with a capital, some with a full stop or comma. */
export function drawText(rng: Rng, part: Part, count: number): string[] {
  return Array.from({ length: count }, () => {
    let word = rng.pick(wordsOf(part));
    if (rng.chance(0.12)) word = word[0]!.toUpperCase() + word.slice(1);
    if (rng.chance(0.1)) word += rng.pick(['.', ',', '.']);
    return word;
  });
}
