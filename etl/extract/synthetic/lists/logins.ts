// The parts of usernames and passwords.
import { list } from "./list.ts";

/** First part of usernames. */
export const ADJECTIVES = list`angry|big|black|blue|brown|crazy|golden|gray|green|happy|heavy|lazy|
  orange|organic|purple|red|sad|silver|tiny|white`;

/** Second part of usernames. */
export const ANIMALS = list`ant|badger|beetle|camel|crow|deer|dolphin|eagle|ferret|gecko|goat|heron|
  hippo|iguana|jackal|kiwi|lemur|llama|moose|newt|otter|owl|pelican|quail|raven|seal|stork|toad|
  weasel|zebra`;

/** Words that are common in passwords. */
export const WORDS = list`anchor|apollo|badboy|banana|bigmac|biscuit|blizzard|bonjour|button|candle|
  cheese|cobalt|comet|cowboy|daisy|damn|diesel|dragon|eclipse|ferrari|flower|freedom|galaxy|ginger|
  hammer|harley|hockey|hunter|icecream|jasmine|jupiter|killer|ladybug|letmein|lucky|magnum|marlin|
  maverick|monkey|mustang|nirvana|orange|panther|peaches|pepper|phantom|pirate|puppy|rainbow|ranger|
  rocket|samson|scooter|shadow|silver|snowball|spider|sunshine|thunder|tigger|trouble|velvet|
  whatever|zxcvbnm`;

/** Passwords with characters that are often quoted wrongly. */
export const QUOTED = list`"|it's|say "hi"|\\|o'neill|pass\\word|";--|<b>&amp;`;
