/** Words of English letters and despatches, and the test whether a token is one. */

/** Words that hold a sentence together; a line rich in them is prose, in capitals as well. */
const functionWords = new Set(
  `a about above after again against all also although am among an and any are around as at be because been before
being below between both but by can cannot could did do does done down during each either else even ever every few for from
further had has have having he hence her here hers him himself his how however i if in into is it its itself just less
like many may me might mine more most much must my neither never no nor not now of off often on once one only or other
our ours out over own per perhaps quite rather same shall she should since so some such than that the their theirs
them then there therefore these they this those though through thus to too toward towards under until up upon us very
was we were what when where whether which while who whom whose why will with within without would yet you your yours`.split(
    /\s+/,
  ),
)

/**
 * Base forms, in rough alphabetical order; `isEnglishWord` knows the regular endings.
 *
 * Chosen by hand for the language of letters, despatches and directives. A word
 * that is missing costs little: it only makes a line look less like prose.
 */
const baseForms = new Set(
  `abandon ability able aboard abolish abroad absence absent absolute absorb abstract abuse academic accelerate accept access
accident accommodate accompany accomplish accord account accumulate accurate accuse achieve acknowledge acquaint acquire acre
across act action active actual adapt add addition address adequate adhere adjourn adjust administer administration admiral
admire admission admit adopt advance advantage adverse advertise advice advise adviser advisor affair affect affirm afford
afraid african afternoon afterward age agency agenda agent aggression aggressive ago agree agreement agriculture ahead aid
aim air aircraft airplane airport alarm album alert alien alike alive allegation allege alliance allied allocate allot allow ally almost
alone along already alter alternate alternative altogether always amass amaze ambassador ambition ambitious amend america american
ammunition amount ample analysis analyst analyze ancient anger angle angry animal animosity anniversary announce annual annul
another answer anticipate anxiety anxious anybody anyone anything anyway anywhere apart apology apparatus apparent appeal appear
appearance appendix application apply appoint appraisal appreciable appreciate appreciation approach appropriate approval approve approximate april
arab arbitrary arch archive area argue argument arise aristocrat arm army arrange arrest arrival arrive arsenal art article
artillery ascertain ashamed asia aside ask asleep aspect aspiration assassin assassinate assault assemble assembly assert assess asset assign
assist assistant associate association assume assumption assurance assure astonish atlantic atmosphere atom atomic attach attache attack attain
attempt attend attention attest attitude attorney attract attribute audience august aunt austria author authority
automatic automobile autumn avail available avenue average aviation avoid await awake award aware away awful
baby back background bad bag balance ball ballistic ballot ban band bank bar bare bargain barrel barrier base basic basis
battalion battle bay bear beat beautiful beauty become bed bedroom beer beg begin beginning begun behalf behave behavior behind belief
believe bell belong beloved belt benefit beside best better beyond big bilateral bill billion biography biological bird birth
birthday bit bitter black blame blind block blood bloody blow blue board boat body bold bolshevik bomb bomber bond bone book
border bore born borrow boss bother bottle bottom bound boundary bourgeois bowl box boy brain branch brave bread break breakfast
breath bridge brief bright brilliant bring britain british broad broadcast broke broken brother brought brown brush brussels budget build
building built bulgaria bulletin bullet bureau burden burn burst bury bus bush business busy butter button buy
cabinet cable calculate calendar call calm came camera camp campaign canada cancel candidate capability capable capacity capital
capitalist captain capture car card care career careful cargo carriage carry cartridge case cash cast castle castro casual casualty catch
category catholic cattle caught cause caution cautious cease ceiling celebrate cell cent center central centre century ceremony certain
certificate certify chain chair chairman challenge chamber chance chancellor change channel chapter character characterize charge chart charter
cheap check cheer chemical chernenko chest chicago chief child children chile china chinese choice choir choose chosen christian christmas church
circle circuit circular circulate circumstance cite citizen city civil civilian civilization claim clarify clarity clash class classic
classify clause clean clear clergy clerk clever client climate climb clock close closure cloth clothes cloud club coal coast coat
code coffee cold collapse colleague collect collective college colonel colony color colour column combat combination combine come comfort
command commander commence comment commerce commission commit commitment committee commodity common communicate communication communique
communism communist community companion company comparable comparative compare comparison compartment compel compensate compensation compete competent
competition complain complaint complete complex compliance complicate compliment comply component compose comprehensive compromise compute computer conceal
concede conceive concentrate concept conception concern concert conclude conclusion concrete concur condemn condition conduct confer conference
confess confidence confident confidential confidentially confine confirm confiscate conflict conform confront confuse confusion congratulate congress connect connection
conscience conscious consensus consent consequence consequent conservative consider considerable consideration consist consistent consolidate conspiracy
constant constitute constitution constrain constraint construct construction constructive consul consulate consult consultation consume contact contain contemplate
contemporary content contest continent continental continue continuous contract contradict contrary contrast contribute contribution control controversy
convene convenience convenient convention conventional conversation converse conversion convert convey convict convince cook cool cooperate cooperation cooperative
coordinate cope copy cordial core corner corporation corps correct correspond correspondence correspondent corrupt cost cottage cotton council counsel count counter
counterpart country county coup couple courage course court courtesy cousin cover covert cow crack craft create creature credit
crew cried crime criminal crises crisis criteria criterion critic critical criticism criticize crop cross crowd crucial cruel cruise cry cuba cuban
cultivate cultural culture cup curious currency current curtain custom customs cut cycle
daily damage dance danger dangerous dare dark data date daughter dawn day dead deal dealt dear death debate debt decade deceive december
decide decision decisive deck declaration declare declassification declassify decline decrease decree dedicate dedication deed deem deep deepen
defeat defect defend defense defence defer deficit define definite definition definitive degree delay delegate delegation delete deliberate delicate delight deliver delivery
demand democracy democrat democratic demonstrate demonstration deny department departure depart depend dependent deploy deployment deport deposit depress deputy derive
descend describe description desert deserve design designate desirable desire desk despatch desperate despite destroy destruction detach
detachment detail detain detect deter deterioration determination determine deterrent detrimental develop development device devise devote diagram dialogue dictator
did die diet differ difference different difficult difficulty dig dignity dilemma dimension diminish dine dinner diplomacy diplomat
diplomatic direct direction directive director dirty disagree disappear disappoint disarm disarmament disaster discharge discipline disclose disclosure discount discover
discovery discrepancy discretion discriminate discuss discussion disease dismantle dismiss disorder dispatch dispel display disposal dispose disposition dispute
disregard disrupt dissatisfy disseminate dissolve distance distant distinct distinction distinguish distract distribute distribution district distrust disturb divert
divide division doctor doctrine document dog dollar domain domestic dominant dominate door double doubt downgrade dozen draft drag drama dramatic dramatize
draw drawn dream dress drew drink drive driver drop drove drug dry due dull durable duration dust duty dwell dynamic
eager ear early earn earnest earth ease easily east eastern easy eat economic economical economics economist economy edge edit edition
editor editorial educate education effect effective efficiency efficient effort egg eight eighteen eighth eighty elaborate elder elect election
electric electricity electronic element elevate eleven eligible eliminate elite elsewhere embark embargo embarrass embassy embody emerge emergency emigrate eminent
emotion emphasis emphasize empire employ employee employer empty enable enact enclose enclosure encounter encourage encryption endanger endeavor
endeavour enemy energetic energy enforce engage engagement engine engineer england english enhance enjoy enlarge enlist enormous enough ensue
ensure entail enter enterprise entertain entire entitle entity entrance entrust entry enumerate envelope environment envisage envoy equal equality equip
equipment equitable equivalent era erode error escape especial essence essential establish establishment estate estimate ethnic europe european evacuate evade
evaluate evaluation evening event eventual everybody everyone everything everywhere evidence evident evil evolution evolve exact exaggerate
examination examine example exceed excellency excellent except exception excess exchange excite exclude exclusion exclusive excuse execute execution executive
exempt exemption exercise exert exhaust exhibit exile exist existence expand expansion expect expectation expedite expel expend expenditure expense
expensive experience experiment expert expire explain explanation explicit explode exploit explore explosion export expose exposure express
expression extend extension extensive extent external extra extract extraordinary extreme eye
fabric face facilitate facility fact faction factor factory faculty fade fail failure faint fair faith fall false fame familiar
family famous far farm farmer farther fashion fast fatal fate father fault favor favorable favour favourable fear feasible feature february
federal federation fee feed feel feeling feet fell fellow felt female fence fertile fidel field fierce fifteen fifth fifty fight figure file fill
film final finance financial find finding fine finger finish fire firm first fiscal fish fit five fix flag flame flash flat flaw flee fleet
flesh flew flexible flight float flood floor flow flower flown fly focus fold folk follow food fool foot forbid force forecast foreground
foreign foreigner foremost forest forever forget forgive form formal formality format former formula formulate forth forthcoming fortnight fortunate fortune
forty forum forward foster fought found foundation founder four fourteen fourth frame framework france frank free freedom freeze freight french
frequency frequent fresh friday friend friendly friendship front frontier fruit frustrate fuel fulfil fulfill full fully function fund fundamental
funeral furnish furniture furthermore future
gain gallon game gap garage garden garrison gas gate gather gave gear general generation generous geneva gentle gentleman genuine geography
george german germany gesture get ghetto giant gift girl give given glad glance glass global glory goal god gold good goods gorbachev got govern
government governor grace grade gradual grand grant grass grateful gratitude grave gray great greater greece greek green greet grew grey grip gromyko
gross ground group grow growth guarantee guard guerrilla guess guest guidance guide guideline guilty gulf gun guy
habit half hall halt hamper hand handle handsome hang happen happiness happy harass harbor hard hardly hardware harm harmony harsh
harvest haste hastily hat hate hatred haul havana hazard head heading headline headquarters health healthy hear heard hearing heart heat heaven heavy
hectare height held helicopter hell hello help helpful herald herewith heroic hesitate hidden hide high highlight highway hill hinder hint hire
historian historic historical history hit hitherto hold holder hole holiday holy home homeless honest honor honorable honour honourable hope horizon horrible horse hospital
host hostage hostile hostility hot hotel hour house household housing huge human humanitarian humanity humble hundred hungarian hungary hungry hunt hurry hurt husband
ice idea ideal identical identification identify identity ideological ideology idle ignore ill illegal illness illusion illustrate image imagine
immediate immense immigrant immigration imminent immune impact impair impart impasse impatient impede imperative imperial imperialism implement implication imply
import importance important impose impossible impress impression impressive imprison improper improve improvement impulse inability inadequate inaugurate
incentive inch incident incline include inclusion income incoming inconsistent incorporate incorrect increase increasing incumbent incur indeed
indefinite independence independent index india indian indicate indication indicator indifferent indirect indispensable individual induce industrial
industry inevitable infantry infer inference inferior infiltrate inflation influence influential inform informal informant information informer
inherent inhabit inhabitant inherit inhibit initial initiate initiative injure injury injustice ink inner innocent innovation input inquire inquiry inside
insight insist inspect inspection inspector inspire install instance instant instead instigate institute institution instruct instruction
instrument insufficient insult insurance insure insurgent intact integral integrate integrity intellectual intelligence intelligent intend intense
intensify intensive intent intention interact intercept interest interesting interfere interference interim interior intermediate internal international
internment interpret interpretation interrogate interrupt interval intervene intervention interview intimate introduce introduction invade invaluable
invariable invasion invent invest investigate investigation investigator investment invitation invite invoice involve ireland iron irregular island isolate israel issue
istanbul italian italy item
jail january japan japanese jeopardize jet jew jewish job join joint joke journal journalist journey joy judge judgement judgment judicial july
jump june junior jury just justice justification justify
keen keep kennedy kept key khrushchev kick kid kill kilometer kind king kingdom kissinger kitchen knee knew knife knock know knowledge known korea korean kremlin
label labor laboratory labour lack lad lady lag laid lake land landing landlord language large last late latin latter laugh launch law lawyer lay
layer lead leader leadership leaf league leak lean learn least leather leave lecture led left leg legal legation legislation
legislative legislature legitimate leisure lend length lengthy lenin leningrad lesson let letter level liable liaison liberal
liberate liberty library lie lieutenant life lift light likely likewise limit limitation line linear link lip liquid list listen
literal literary literature little live load loan local locate location lock lodge log logic logical london lone long look loose
lord lose loss lost lot loud love low loyal loyalty luck lunch luncheon luxury
machine machinery made magazine magnitude mail main mainland maintain maintenance major majority make maker male man manage management
manager mandate manifest manifestation manner manpower manual manufacture map march margin marine mark market marriage married marry
mask mass massive master match material matter mature maximum mayor meal mean meaning meant meantime meanwhile measure measurement
meat mechanism mechanize media mediate medical medicine medium meet meeting member membership memo memoir memorandum memory men mention mere merchant
merely merger merit message met metal method mexican mexico microfilm middle midnight mile milestone militant military milk mill million mind
mineral minimal minimize minimum minister ministry minor minority minute miracle misconception miss missile mission mistake mistrust misunderstand misuse
mix mixed mixture mob mobile mobilize mode model moderate modern modernization modernize modest modify moment momentum monday monetary money monitor
month monthly mood moon moral morale moreover morning moscow mostly mother motion motivate motivation motive motor mount mountain
mourn mouth move movement multilateral multiple municipal murder muscle music mutual mystery
naked name namely narrow nation national nationalist nationality native nato natural nature naval navy nazi near nearby nearly neat necessary
necessitate necessity neck need needless negative neglect negotiate negotiation negotiator neighbor neighborhood neighbour nerve network neutral neutrality nevertheless new
newly news newsman newspaper next nice night nine nineteen ninety ninth nobody noise nominate nomination none nonetheless normal norm north
northern note noteworthy nothing notice notify notion notwithstanding novel november nuclear number numerical numerous nurse
oath obey object objection objective obligation oblige observation observe observer obsolete obstacle obtain obvious occasion occupation occupy
occur occurrence ocean october odd offend offense offensive offer office officer official offset oil okay old omit ongoing onto open operate
operation operational operative operator opinion opponent opportunity oppose opposite opposition oppress optimism option oral orbit order ordinary
organ organization organize orient oriental origin original originate originator orthodox oswald otherwise ought ounce outbreak outcome outer outgoing outline
outlook output outrage outright outset outside outspoken outstanding overall overcome overlook overseas overt overthrow overwhelm owe owner ownership
pace pacific pacify pack package pact page paid pain painful paint pair palace panel paper parade paragraph parallel pardon parent paris park
parliament parliamentary part partial participant participate particular partner party pass passage passenger passport past path patience patient patriot
patriotic patrol pattern pause pay payment peace peaceful peak peasant peculiar penalty pencil pending penetrate penetration people perceive percent
percentage perception perfect perform performance peril period periodic permanent permission permit perpetual persecute persist person personal
personality personnel perspective persuade pertain pertinent petition petroleum phase phenomenon phone photo photograph phrase physical physician
pick picture piece pilot pistol place plain plan plane planet plant plate platform play player plead pleasant please pleasure pledge plenty
plot plus pocket poem poet point poison poland pole police policeman policy polish polite political politician politics poll pond pool poor pope popular population
port portion portray pose position positive possess possession possibility possible post postpone postwar pot potential pound poverty power powerful practical
practice pragmatic praise pray precaution precede precedent precious precipitate precise preclude precondition predecessor predict predominant prefer preference
prejudice preliminary premature premier premise preoccupy preparation prepare prescribe presence present presentation preserve presidency president presidential
press pressure prestige presumably presume pretend pretext pretty prevail prevent prevention previous price pride priest primary prime primitive prince
principal principle print prior priority prison prisoner private privilege prize probability probable problem procedure proceed proceeding process
proclaim procure procurement produce producer product production profess profession professional professor profit profound program programme
progress progressive prohibit prohibition project proliferation prolong prominent promise promote promotion prompt promulgate pronounce proof propaganda proper
property proportion proportionate proposal propose proposition prosecute prospect prospective prosper prosperity protect protection protective protest protocol
prototype proud prove proven provide province provision provocation provocative provoke prudent psychological public publication publicity publish
publisher pull punish punishment purchase pure purge purity purport purpose pursue pursuit push put puzzle
qualification qualify qualitative quality quantitative quantity quarter quarterly queen quest question quick quiet quit quota quotation quote
race racial radar radical radio rail railroad railway rain raise rally ran range rank rapid rare rate ratify ratio rational ration raw reach
react reaction reactionary read reader readily readiness reading ready reaffirm reagan real realism realistic reality realize realm rear reason
reasonable reassure rebel rebellion rebuild recall receipt receive recent reception recipient reciprocal reciprocity recognition recognize recommend
recommendation reconcile reconnaissance reconsider record recover recovery recruit recruitment red redouble reduce reduction refer reference refine reflect
reflection reform refrain refuge refugee refuse refute regain regard regime regiment region regional register registration regret regrettable regular regulate regulation
rehearse reinforce reiterate reject rejection relate relation relationship relative relax relay release relevance relevant reliable relief relieve
religion religious reluctant rely remain remainder remark remarkable remedy remember remind remote removal remove render renew renewal rent repair repay
repeat repel replace replacement reply report reporter repose represent representation representative repress repression reproduce republic republican repudiate
reputation request require requirement rescue research resemble resent reservation reserve reside residence resident resign resignation resist resistance
resolute resolution resolve resort resource respect respective respond response responsibility responsible rest restore restoration restrain restraint restrict restriction
result resume retain retaliate retaliation retire retirement retreat return reveal revelation revenue reverse reversal revert review revise revision revive revolt revolution
revolutionary revolve reward rhetoric rice rich rid ride rifle right rigid rigorous ring riot rise risk rite rival river road rob robert rock rocket role
roll roman romania ronald room root rope rose rough round route routine row royal rubber rude ruin rule ruler rumania rumor rumour run rural rush russia russian
sabotage sacrifice sad safe safeguard safety said sail sailor saint sake salary sale salt sample sanction sand sanitize satellite satisfaction
satisfactory satisfy saturday save saw say scale scandal scarce scarcely scatter scenario scene schedule scheme scholar school science scientific scientist
scope score screen scrupulous scrutiny sea seal search season seat second secondary secret secretariat secretary section sector secure
security see seed seek seem seen seize select selection self sell semitic semitism senate senator send senior sense sensible sensitive sensitivity sent sentence
sentiment separate separation september sequence sergeant series serious servant serve service session set settle settlement seven seventeen seventh seventy
several severe sex shade shadow shake shape share sharp shed sheet shelf shell shelter shift shine ship shipment shirt shock shoe shoot shop
shore short shortage shortly shot shoulder shout show shown shultz shut sick side sight sign signal signatory signature significance significant
silence silent silo silver similar simple simplify simply simultaneous sin sincere sincerely sing single sink sir sister sit site situate situation six sixteen sixth sixty
size sketch skill skin skip sky slave sleep slight slip slogan slow small smart smell smile smoke smooth snow social socialism socialist society
soft soil sold soldier sole solemn solid solidarity solution solve somebody somehow someone something sometime sometimes somewhat somewhere
son song soon sophisticated sore sorry sort sought soul sound source south southern sovereign sovereignty soviet space spain spanish spare speak speaker special specialist
specific specify specimen spectacular spectrum speculate speculation speech speed spell spend spent sphere spirit spiritual spite split spoke spoken spokesman
sponsor sport spot spread spring spy square squad squadron stability stable staff stage stake stalin stamp stand standard standpoint standstill star start starve state
statement statesman static station stationary statistic status statute stay steadfast steady steal steel steep stem step sterile stern stick still stimulate stock stolen stomach stone
stood stop storage store storm story straight strain strange stranger strategic strategy stream street strength strengthen stress stretch strict
strife strike string stringent strive striven strong structure struggle student study stuff stupid style subject submarine submit subordinate
subsequent subsidiary subsidy substance substantial substantive substitute subversion subversive succeed success successful successive successor suddenly suffer suffice
sufficiency sufficient sugar suggest suggestion suit suitable sum summary summer summit summon sun sunday superior supervise supervision supervisor
supplement supplementary supply support supporter suppose suppress supreme sure surely surface surgeon surprise surrender surround surveillance survey survival
survive suspect suspend suspension suspicion suspicious sustain swear sweden swedish sweep sweet swift swim swing swiss switch sword sworn symbol symbolic sympathetic sympathy
synagogue system systematic
table tacit tackle tactic tactical tail take taken tale talent talk tall tank tape target tariff task taste taught tax tea teach teacher team tear
technical technique technological technology telegram telegraph telephone television tell temper temperature temporary tempt ten tend tendency tender
tense tension tentative tenth term terminal terminate termination terms terrible territorial territory terror terrorism terrorist test testament testify testimony text thank
thatcher theater theatre theme theoretical theory thereafter thereby thereof thereto thesis thick thin thing think third thirteen thirty thorough thought thousand thread threat
threaten three threshold threw throughout throw thrown thrust thursday ticket tie tight till time timely timetable tiny tire title tobacco today
toe together token told tolerance tolerate tomorrow ton tone tongue tonight took tool tooth top topic torture total totalitarian touch tough tour tourist town
toxic trace track trade tradition traditional traffic tragedy tragic trail train training trait transaction transcript transfer transform transit
transition translate translation translator transmission transmit transport transportation trap travel traveler treasury treat treatment treaty tree tremendous trend trial
tribute trick trigger trip troop troops trouble truck true truly trust truth try tube tuesday turkey turkish turn twelfth twelve twenty twice twin two type
typical typist
ugly ultimate ultimatum unable unacceptable unanimous uncertain unclassified uncle unconditional undercut undergo underground underline undermine understand
understanding understood undertake undertaken underway undoubtedly unequal unfair unfortunate unfortunately unhappy uniform unify unilateral union unique unit unite
united unity universal universe university unknown unless unlike unlikely unlimited unnecessary unofficial unprecedented unrest unsatisfactory unswerving unsuccessful until
unusual unwarranted unwilling upper uprising upset urban urge urgency urgent usage use useful useless usual utilize utmost utter
vacancy vacation vacuum vague vain valid validity valley valuable value variable variation variety various vary vast vehicle venture venue verbal verbatim verdict
verification verify verse version versus vertical vessel veteran via viability viable vice vicinity vicious victim victory view viewpoint vigil vigor vigorous vigour village violate
violation violence violent virtual virtue visa visible vision visit visitor vital vocal voice void volume voluntary volunteer vote voter vulnerable
wage wait wake walk wall want war warfare warhead warm warn warning warrant warsaw wash washington waste watch water wave way weak weaken weakness wealth weapon wear weather
wednesday week weekend weekly weigh weight welcome welfare well went west western whatever wheat wheel whenever whereas whereby wherever whichever whip whisper
white whoever whole wholly wide widespread widow wife wild willing willingness win wind window wine wing winter wire wisdom wise wish withdraw withdrawal withhold withstand witness
woman women wonder wonderful wood word wore work worker world worldwide worn worry worse worst worth worthwhile worthy wound wrap wreck write writer written wrong
wrote yard yeah year go end doing myself ourselves themselves forbid email telephone memorandum themselves census foodstuff accordingly upcoming context irreversible verifiable wherein append hereto owned lounge yellow yesterday yield york young youth zeal zero zone
classification derivative upgrade excerpt handwriting typewritten registry courier footnote annex addressee`.split(
    /\s+/,
  ),
)

/** Endings and what stands in their place in the base form; tried in order. */
const endings: readonly (readonly [ending: string, base: readonly string[]])[] = [
  ["'s", ['']],
  ['ies', ['y']],
  ['ied', ['y']],
  ['ier', ['y']],
  ['iest', ['y']],
  ['ily', ['y']],
  ['iness', ['y']],
  ['ization', ['', 'ize', 'al']],
  ['izations', ['', 'ize']],
  ['izing', ['', 'ize', 'y']],
  ['ized', ['', 'ize', 'y']],
  ['izes', ['', 'ize']],
  ['ize', ['', 'y']],
  ['ations', ['', 'e', 'ate']],
  ['ation', ['', 'e', 'ate']],
  ['itions', ['', 'e']],
  ['ition', ['', 'e']],
  ['ions', ['', 'e']],
  ['ion', ['', 'e']],
  ['ically', ['ic', '']],
  ['ally', ['al', '']],
  ['edly', ['', 'e']],
  ['ingly', ['', 'e']],
  ['ably', ['able', '']],
  ['ibly', ['ible']],
  ['ely', ['e']],
  ['ly', ['', 'le']],
  ['ments', ['', 'ment']],
  ['ment', ['']],
  ['nesses', ['']],
  ['ness', ['']],
  ['fulness', ['']],
  ['fully', ['']],
  ['ful', ['']],
  ['less', ['']],
  ['ances', ['', 'e']],
  ['ance', ['', 'e']],
  ['ences', ['', 'e']],
  ['ence', ['', 'e', 'ent']],
  ['ency', ['ent']],
  ['ancy', ['ant']],
  ['ability', ['able', '', 'e']],
  ['ibility', ['ible']],
  ['ities', ['', 'e']],
  ['ity', ['', 'e']],
  ['ative', ['', 'e', 'ate']],
  ['ive', ['', 'e', 'ion']],
  ['ives', ['', 'e']],
  ['able', ['', 'e', 'y']],
  ['ible', ['', 'e']],
  ['ous', ['', 'e', 'y']],
  ['ism', ['', 'e']],
  ['ists', ['', 'e', 'y']],
  ['ist', ['', 'e', 'y']],
  ['ship', ['']],
  ['hood', ['']],
  ['ward', ['']],
  ['ical', ['y', 'ic', '']],
  ['ial', ['', 'y', 'e']],
  ['al', ['', 'e']],
  ['ary', ['', 'e']],
  ['ings', ['', 'e']],
  ['ing', ['', 'e']],
  ['ers', ['', 'e']],
  ['ors', ['', 'e']],
  ['er', ['', 'e']],
  ['or', ['', 'e']],
  ['est', ['', 'e']],
  ['ed', ['', 'e']],
  ['es', ['', 'e']],
  ['s', ['']],
]

const prefixes = [
  'un',
  'non',
  're',
  'dis',
  'mis',
  'over',
  'under',
  'counter',
  'inter',
  'pre',
  'sub',
  'anti',
  'co',
  'in',
  'im',
]

const known = new Map<string, boolean>()

/** Whether a lower-case token is an English word without a prefix that a hyphen could set off: `report`, not `reopen`. */
export function isBaseForm(token: string): boolean {
  return isForm(token)
}

/** Whether a lower-case token holds a sentence together, as `of` and `which` do. */
export function isFunctionWord(token: string): boolean {
  return functionWords.has(token)
}

/**
 * Whether a lower-case token is an English word, with its regular endings and prefixes.
 *
 * Knows a few thousand base forms; `false` for most names, and for one letter
 * other than `a` and `i`.
 */
export function isEnglishWord(token: string): boolean {
  const seen = known.get(token)
  if (seen !== undefined) return seen
  const result =
    isForm(token) || prefixes.some(prefix => token.startsWith(prefix) && isStem(token.slice(prefix.length)))
  // Bounded, as tokens come from scans.
  if (known.size > 50_000) known.clear()
  known.set(token, result)
  return result
}

function isStem(rest: string): boolean {
  return rest.length >= 4 && isForm(rest)
}

function isForm(token: string): boolean {
  if (functionWords.has(token) || baseForms.has(token)) return true
  for (const [ending, replacements] of endings) {
    if (!token.endsWith(ending)) continue
    const stem = token.slice(0, token.length - ending.length)
    if (stem.length < 2) continue
    for (const replacement of replacements) {
      const base = stem + replacement
      if (base.length >= 3 && baseForms.has(base)) return true
      // A doubled last letter, as in `permitted`; and two endings, as in `willingly`.
      if (replacement === '' && stem.length > 3 && stem.at(-1) === stem.at(-2) && baseForms.has(stem.slice(0, -1))) {
        return true
      }
    }
  }
  return false
}
