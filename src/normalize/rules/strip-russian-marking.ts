import {lexicalRule} from '../lexical-rule.ts'

/** Soviet and Russian grades, registry marks and copies. */
export const stripRussianMarking = lexicalRule({
  id: 'strip-russian-marking',
  family: 'russian-marking',
  summary: 'Strip Soviet and Russian grades and registry marks: СЕКРЕТНО, Особая папка, Экз. № 1, Подлежит возврату.',
  why: "In the upper right corner stands the grade, which copy it is and that it must be returned. In a sentence that names a marking the same words are the letter's own.",
  source: 'Forms of the Central Committee and the Council of Ministers; Russian archive editions.',
  vocabulary: {
    grades: true,
    words: [
      'СЕКРЕТНО',
      'КОПИЯ',
      'ПОДЛИННИК',
      'ОСОБАЯ ПАПКА',
      'РАССЕКРЕЧЕНО',
      'ЛИЧНО',
      'ЦХСД',
      'РГАНИ',
      'РГАСПИ',
      'ГАРФ',
      'АПРФ',
      'ЗАВЕРЕННАЯ КОПИЯ',
      'НЕ СЕКРЕТНО',
    ],
    phrases: [
      'СОВЕРШЕННО СЕКРЕТНО',
      'СОВ СЕКРЕТНО',
      'СТРОГО СЕКРЕТНО',
      'СЕКРЕТНО ЭКЗ',
      'СОВ СЕКРЕТНО ЭКЗ',
      'СОВЕРШЕННО СЕКРЕТНО ОСОБАЯ ПАПКА',
      'ОСОБОЙ ВАЖНОСТИ',
      'ДЛЯ СЛУЖЕБНОГО ПОЛЬЗОВАНИЯ',
      'ПОДЛЕЖИТ ВОЗВРАТУ',
      'ПОДЛЕЖИТ ВОЗВРАТУ В ТЕЧЕНИЕ',
      'ПОДЛЕЖИТ ВОЗВРАТУ В ОБЩИЙ ОТДЕЛ ЦК КПСС',
      'ХРАНИТЬ НАРАВНЕ С ШИФРОМ',
      'СНИМАТЬ КОПИИ ВОСПРЕЩАЕТСЯ',
      'СНЯТИЕ КОПИЙ ВОСПРЕЩАЕТСЯ',
      'СНЯТИЕ КОПИЙ ЗАПРЕЩЕНО',
      'КОПИЯ ВЕРНА',
      'С ПОДЛИННЫМ ВЕРНО',
      'РОССИЙСКИЙ ГОСУДАРСТВЕННЫЙ АРХИВ НОВЕЙШЕЙ ИСТОРИИ',
      'ЦЕНТР ХРАНЕНИЯ СОВРЕМЕННОЙ ДОКУМЕНТАЦИИ',
      'ЭКЗ ЕДИНСТВЕННЫЙ',
    ],
    identifiers: [
      {name: 'the number of a copy', pattern: /(?<!\p{L})экз(?:емпляр)?\s?\.?\s?(?:№|N|No\.?)\s?\d{1,3}/giu},
      {
        name: 'the number of a protocol',
        pattern: /^\W{0,2}(?:К\s?)?№\s?(?:П|Ст|Пб|К)?\s?\d{1,5}(?:\/\d{1,4})?(?:нс|оп|с|гс|мс)?\W{0,2}$/giu,
      },
    ],
  },
  examples: [
    {
      name: 'grade and copy',
      before: 'СОВ. СЕКРЕТНО\nЭкз. № 1\n\nУважаемый г-н Президент,\n\nБлагодарю Вас за письмо.',
      after: 'Уважаемый г-н Президент,\n\nБлагодарю Вас за письмо.',
    },
    {
      name: 'a sentence that names a marking',
      before: 'На документе стоял гриф «совершенно секретно», и он лежал в особой папке.',
      after: 'На документе стоял гриф «совершенно секретно», и он лежал в особой папке.',
    },
  ],
})
